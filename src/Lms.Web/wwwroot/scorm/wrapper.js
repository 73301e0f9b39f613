// The page around the content object, on the package's own origin. It holds the API object, answers from memory, and tells the server
// what changes. The shell around it, on the site's origin, draws the controls; the two exchange messages and nothing else.

import { createApi } from './api.js';
import { DataModel } from './model.js';
import { CommitQueue } from './queue.js';

const { shell, attempt, files } = document.documentElement.dataset;
const saveAfter = 4_000;
const callsAtMost = 500, callLength = 200;

let token = '', session = 0, sequence = 0, queue = null;
let frame = null;          // the content frame
let current = null;        // what is being shown: { delivery, activity, standard, model, runtime, calls, dropped, saver, terminated }
let view = {};             // what the server last said of the whole
let leaving = false;       // the page is going away
let moving = false;        // the learner's own request is on its way: content's wish no longer counts

const tell = message => parent.postMessage(message, shell);

addEventListener('message', event => {
  if (event.origin !== shell || event.source !== parent) return;
  const { type, ...rest } = event.data ?? {};
  if (type === 'open') open(rest);
  else if (type === 'navigate') navigate(rest);
  else if (type === 'closing') close();
});
addEventListener('pagehide', close);
addEventListener('pageshow', event => { if (event.persisted) leaving = false; });
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(true); });
tell({ type: 'ready' });

async function post(path, body, lasting) {
  const reply = await fetch(path, {
    method: 'POST', body: JSON.stringify(body), keepalive: lasting, cache: 'no-store',
    headers: { 'Content-Type': 'application/json', 'X-Attempt': token },
  });
  return { status: reply.status, body: reply.status === 200 ? await reply.json() : null };
}

async function open({ token: given, start }) {
  token = given;
  queue = new CommitQueue(`scorm:${attempt}`, (commits, lasting) => post('commit', { commits }, lasting), heard);
  // What an earlier page could not send goes first: it belongs to the session before this one.
  if (queue.size) await queue.flush();
  for (let tries = 0; ; tries++) {
    const reply = await post('open', { start }).catch(() => ({ status: 0 }));
    if (reply.status === 200) {
      session = reply.body.session;
      return follow(reply.body);
    }
    if (reply.status >= 400 && reply.status < 500) return tell({ type: 'saved', state: 'expired' });
    tell({ type: 'saved', state: 'offline' });
    await new Promise(resolve => setTimeout(resolve, Math.min(15_000, 1_000 * 2 ** tries)));
  }
}

function heard(state, at, body) {
  // What an earlier page left behind may be late; that says nothing about this one.
  if (!session) return;
  if (!leaving) tell({ type: 'saved', state, at: at?.getTime() });
  if (state === 'elsewhere' || state === 'expired') {
    queue.stop();
    drop();
  }
  if (body) follow(body);
}

/** Does as the server says: shows what is delivered, tells the content and the shell what is possible now. */
function follow(body) {
  view = { ...view, ...body.view };
  if (body.ended) {
    drop();
    session = 0;
  } else if (body.delivery && body.delivery.number !== current?.delivery) {
    show(body.delivery);
  } else if (!body.delivery && !body.activity && current) {
    drop();
  }
  if (current && body.values) for (const [path, value] of Object.entries(body.values)) current.model.put(path, value);
  tell({ type: 'view', view, ended: body.ended ?? null, message: body.message ?? null, activity: current?.activity ?? null });
}

function show({ number, activity, standard, href, title, values, access }) {
  drop();
  const model = new DataModel(standard, values, access);
  const object = current = { delivery: number, activity, standard, model, calls: [], dropped: 0, saver: 0, terminated: false, began: performance.now() };
  object.runtime = createApi(standard, model, {
    initialized: () => commit(object, { initialized: true }),
    commit: () => commit(object),
    terminated: () => terminated(object),
    called: (name, args, answer, error) => called(object, name, args, answer, error),
  });
  if (standard === '2004') [window.API_1484_11, window.API] = [object.runtime.api, undefined];
  else [window.API, window.API_1484_11] = [object.runtime.api, undefined];

  frame = document.createElement('iframe');
  frame.title = title;
  frame.allow = 'autoplay; fullscreen; encrypted-media; unload';
  frame.src = /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : files + href;
  document.body.append(frame);
}

/** Takes the content away. Its handlers run while the API still answers. */
function drop() {
  frame?.remove();
  frame = current = null;
}

/** Lets the content object say good-bye as if it were left: some do so before unloading, some while. */
async function leave() {
  if (!frame) return;
  const left = frame;
  const gone = new Promise(resolve => {
    left.addEventListener('load', resolve, { once: true });
    setTimeout(resolve, 800);
  });
  try { left.contentWindow.location.replace('about:blank'); } catch { /* Not ours to move. */ }
  await gone;
  left.remove();
  if (frame === left) frame = null;
}

function called(object, name, args, answer, error) {
  if (object.calls.length < callsAtMost)
    object.calls.push([Math.round(performance.now() - object.began), name, ...args.map(brief), brief(answer), error]);
  else object.dropped++;
  if (object.model.changed && !object.saver) object.saver = setTimeout(() => commit(object), saveAfter);
}

const brief = value => `${value ?? ''}`.slice(0, callLength);

/** A content object has ended. What it wishes for next counts unless the learner has asked for something. */
function terminated(object) {
  object.terminated = true;
  const wish = object.standard === '2004' ? object.model.peek('adl.nav.request') : '_none_';
  if (moving) return;
  commit(object, { terminated: true, wish: wish === '_none_' ? undefined : wish });
}

function commit(object, more = {}) {
  clearTimeout(object.saver);
  object.saver = 0;
  if (!session) return Promise.resolve(null);
  const { calls, dropped } = object;
  object.calls = [];
  object.dropped = 0;
  const answered = queue.add({
    session, sequence: ++sequence, delivery: object.delivery, at: Date.now(), changes: object.model.takeChanges(),
    calls, dropped: dropped || undefined, ...more,
  });
  if (leaving) queue.flushAtLast();
  return answered;
}

/** The learner's request: the content is taken away, and what it still says goes with the request. */
async function navigate({ request, target }) {
  if (moving || !session) return;
  if (queue.stuck) return tell({ type: 'view', view, message: 'offline', activity: current?.activity ?? null });
  moving = true;
  const object = current;
  await leave();
  const more = { request, target, terminated: object ? true : undefined };
  // The server is asked even when there was nothing to leave: it decides what comes next.
  const asked = object ?? { model: new DataModel('2004'), delivery: 0, calls: [], dropped: 0 };
  if (object) { object.runtime.end(); current = null; }
  await commit(asked, more);
  moving = false;
}

function save(last) {
  if (current?.runtime.running && current.model.changed) commit(current);
  if (last) queue?.flushAtLast();
}

function close() {
  leaving = true;
  save(true);
}
