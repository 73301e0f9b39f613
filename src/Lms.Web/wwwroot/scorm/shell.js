// The player's shell: contents, buttons, lamp and what is left when a course has ended. What is possible, the server has decided; the
// wrapper in the frame, on the package's own origin, passes it on.

const body = document.body;
const stage = document.querySelector('#stage');
const origin = stage.dataset.origin;
const toc = document.querySelector('[data-toc]');
const lamp = document.querySelector('.lamp');
const note = document.querySelector('#note');
const begin = document.querySelector('#begin');
const says = JSON.parse(document.querySelector('#words').textContent);
let drawn = '';
let opened = false, waiting = null; // A request that was made before the window was open goes out when it is.

const send = message => stage.contentWindow.postMessage(message, origin);

addEventListener('message', ({ origin: from, source, data }) => {
  if (from !== origin || source !== stage.contentWindow) return;
  if (data.type === 'ready') send({ type: 'open', token: body.dataset.token, start: body.dataset.start });
  else if (data.type === 'view') opening(data);
  else if (data.type === 'saved') showSaved(data.state, data.at);
});
const first = JSON.parse(document.querySelector('#first').textContent);
const atContents = body.dataset.start === 'toc';
show({ view: atContents ? first : { ...first, nav: {}, begin: null, toc: first.toc.map(item => ({ ...item, enabled: false })) }, activity: null });
document.querySelector('#pick').hidden = !atContents;
body.dataset.busy = '';
stage.src = stage.dataset.src;

function opening(data) {
  opened = true;
  show(data);
  if (waiting && !data.ended) ask(waiting);
  waiting = null;
}

addEventListener('pagehide', () => stage.contentWindow && send({ type: 'closing' }));

for (const button of document.querySelectorAll('[data-nav]'))
  button.addEventListener('click', () => ask({ request: button.dataset.nav }));
begin.querySelector('button').addEventListener('click', () => ask({ request: begin.dataset.request }));
toc.addEventListener('click', event => {
  const item = event.target.closest('[data-toc-item]');
  if (item && !item.disabled) ask({ request: 'choice', target: item.dataset.id });
});

function ask(request) {
  body.dataset.busy = '';
  say('');
  closeContents();
  if (opened) send({ type: 'navigate', ...request });
  else waiting = request;
}

function show({ view, ended, message, activity }) {
  delete body.dataset.busy;
  drawToc((view.toc ?? []).map(item => ended ? { ...item, enabled: false } : item), activity);
  for (const button of document.querySelectorAll('[data-nav]')) {
    const state = view.nav?.[button.dataset.nav] ?? {};
    button.hidden = !!state.hidden;
    button.disabled = !!ended || !state.enabled;
  }
  drawProgress(view);
  body.dataset.session = ended ? 'ended' : 'active';
  const arrives = stage.hidden && !!activity;
  stage.hidden = !activity;
  if (arrives && document.activeElement === body) stage.focus();
  begin.hidden = !!activity || !!ended || !view.begin;
  begin.dataset.request = view.begin ?? '';
  document.querySelector('#pick').hidden = !!activity || !!ended;
  document.querySelector('#end').hidden = !ended;
  if (ended) showEnd(ended, view);
  const title = view.toc?.find(item => item.id === activity)?.title;
  document.title = [title, body.dataset.title].filter(Boolean).join(' · ');
  stage.title = title ?? body.dataset.title;
  say(message ? says[message] ?? says.refused : '');
}

function drawToc(items, activity) {
  const shape = JSON.stringify([items, activity]);
  if (shape === drawn) return;
  drawn = shape;
  let rows = [...toc.querySelectorAll('li')];
  // A report may come while a button is held down: replaced then, it would never be clicked.
  if (rows.length !== items.length || rows.some((row, i) => row.firstChild.dataset.id !== items[i].id)) {
    rows = items.map(tocRow);
    const list = document.createElement('ol');
    list.className = 'toc';
    list.append(...rows);
    toc.replaceChildren(list);
  }
  rows.forEach((row, i) => drawRow(row, items[i], activity));
}

function tocRow(item) {
  const row = document.createElement('li');
  row.style.setProperty('--depth', Math.min(item.depth, 6));
  const button = document.createElement('button');
  Object.assign(button.dataset, { tocItem: '', id: item.id, title: item.title, root: item.depth === 0 });
  button.type = 'button';
  const dot = document.createElement('span');
  dot.className = 'dot';
  const name = document.createElement('bdi');
  name.textContent = item.title || says.untitled;
  const spoken = document.createElement('span');
  spoken.className = 'vh';
  button.append(dot, name, spoken);
  row.append(button);
  return row;
}

function drawRow(row, item, activity) {
  const button = row.firstChild;
  row.className = item.id === activity ? 'now' : item.status;
  button.disabled = !item.enabled;
  button.toggleAttribute('aria-current', false);
  if (item.id === activity) button.setAttribute('aria-current', 'step');
  button.lastChild.textContent = says[item.status] ? ` (${says[item.status]})` : '';
}

function drawProgress({ done = 0, total = 0 }) {
  const percent = total ? Math.floor(100 * done / total) : 0;
  document.querySelector('#done').textContent = says.progress.replace('{0}', `\u2068${done}\u2069`).replace('{1}', `\u2068${total}\u2069`);
  const vial = document.querySelector('.player-bar .vial');
  const level = 43 - 22.5 * percent / 100;
  vial.classList.toggle('full', percent === 100);
  vial.querySelector('.fill').setAttribute('d', percent ? `M6 ${Math.max(level, 20.5)}H26V43a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4Z` : 'M6 43');
}

function showEnd(ended, view) {
  document.querySelector('#ended').textContent = says[`ended-${ended}`] ?? says['ended-finished'];
  document.querySelector('#result').textContent = view.result ? says[`result-${view.result}`] ?? '' : '';
  document.querySelector('#end h2').focus();
}

function showSaved(state, at) {
  const shown = state === 'elsewhere' || state === 'expired' ? 'device' : state === 'offline' ? 'device' : state === 'server' ? 'saved' : state;
  lamp.dataset.state = shown;
  const time = new Date(at ?? Date.now()).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  lamp.textContent = lamp.dataset[shown].replace('{0}', `\u2068${time}\u2069`);
  if (state === 'elsewhere' || state === 'expired') stop(state);
  if (state === 'offline') say(says.offline);
}

/** Another window took the course over, or this one was open for too long: nothing more is taken from here. */
function stop(reason) {
  show({ view: { toc: [], nav: {} }, ended: reason, message: null, activity: null });
  stage.remove();
}

function say(text) {
  note.textContent = text;
  note.parentElement.hidden = !text;
}

// The contents stand beside the course on a wide screen and over it on a phone.
const contents = document.querySelector('#contents');
const toggle = document.querySelector('#toggle');
toggle.addEventListener('click', () => {
  const open = body.dataset.contents !== 'open';
  body.dataset.contents = open ? 'open' : 'closed';
  toggle.setAttribute('aria-expanded', open);
  if (open) contents.querySelector('button:not(:disabled)')?.focus();
});
contents.addEventListener('keydown', event => { if (event.key === 'Escape') { closeContents(); toggle.focus(); } });
function closeContents() {
  if (!matchMedia('(max-width: 859px)').matches) return;
  body.dataset.contents = 'closed';
  toggle.setAttribute('aria-expanded', 'false');
}
body.dataset.contents = matchMedia('(max-width: 859px)').matches ? 'closed' : 'open';
toggle.setAttribute('aria-expanded', body.dataset.contents === 'open');

const full = document.querySelector('#full');
full.hidden = !document.fullscreenEnabled;
full.addEventListener('click', () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
document.addEventListener('fullscreenchange', () => full.setAttribute('aria-pressed', !!document.fullscreenElement));
