// Keeps answers: <form method="post" data-save="/address" data-seq="17"> sends each change as it is made.
//
// One part (the nearest [data-part], else the form) is one message: its fields, `part`, and `seq`, which only grows, so that the
// server can drop what it has seen or what a newer message has overtaken. A message is on this device before it is sent, and stays
// until the server has answered: a dead network, a closed tab or an empty battery loses nothing.

const waitAtMost = 60_000;
const keepAtMost = 30 * 86_400_000;

export function saveForms(words) {
  forgetOld();
  for (const form of document.querySelectorAll('form[data-save]')) saving(form, words);
}

function saving(form, words) {
  const url = form.dataset.save;
  const key = `seedlot:${url}`;
  const lamp = document.querySelector('.lamp');
  const box = read(key) ?? { seq: 0, parts: {} };
  box.seq = Math.max(box.seq, +form.dataset.seq || 0);
  let busy = false, sent = false, failures = 0, timer = 0;

  restore(form, box.parts);
  if (lamp?.dataset.at) show('saved', new Date(lamp.dataset.at));
  flush();

  form.addEventListener('change', e => {
    const part = e.target.closest('[data-part]') ?? form;
    box.parts[part.dataset.part ?? ''] = { seq: nextSeq(), fields: fieldsOf(form, part) };
    keep();
    failures = 0;
    show('saving');
    flush();
  });
  form.addEventListener('submit', e => {
    if (navigator.onLine) return;
    e.preventDefault();
    alert(words.offline);
  });
  addEventListener('online', () => { failures = 0; flush(); });

  // The clock alone would do, were it never set back.
  function nextSeq() {
    return box.seq = Math.max(box.seq + 1, Date.now());
  }

  async function flush() {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    for (const [part, message] of Object.entries(box.parts)) {
      const outcome = await send(part, message);
      if (outcome === 'later' || outcome === 'signin') {
        busy = false;
        show(outcome === 'signin' ? 'signin' : 'device', new Date(message.at ?? Date.now()));
        if (outcome === 'later') again();
        return;
      }
      sent = true;
      // A newer answer to the same part may have been given meanwhile: that one is still to be sent.
      if (box.parts[part]?.seq === message.seq) delete box.parts[part];
      keep();
      if (outcome === 'refused') {
        busy = false;
        show('failed');
        return;
      }
    }
    busy = false;
    if (Object.keys(box.parts).length) flush();
    else if (sent) show('saved', new Date());
    sent = false;
  }

  async function send(part, message) {
    const body = new URLSearchParams(message.fields);
    body.set('part', part);
    body.set('seq', message.seq);
    const token = form.elements.__RequestVerificationToken?.value;
    const headers = { Accept: 'application/json', ...token && { 'X-Form-Token': token } };
    try {
      const reply = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', keepalive: true, credentials: 'same-origin' });
      if (reply.ok) return 'saved';
      // A redirect leads to the sign-in page; 400 is what the form token of an earlier sign-in gets.
      if (reply.type === 'opaqueredirect' || [400, 401, 403].includes(reply.status)) return 'signin';
      return reply.status >= 500 || reply.status === 408 || reply.status === 429 ? 'later' : 'refused';
    } catch {
      return 'later';
    }
  }

  function again() {
    const wait = Math.min(waitAtMost, 2_000 * 2 ** failures++);
    timer = setTimeout(flush, wait * (.75 + Math.random() / 2));
  }

  function keep() {
    for (const message of Object.values(box.parts)) message.at ??= Date.now();
    try {
      if (Object.keys(box.parts).length) localStorage.setItem(key, JSON.stringify(box));
      else localStorage.removeItem(key);
    } catch { /* A full or forbidden store: the server is still tried at once. */ }
  }

  function show(state, at) {
    if (!lamp) return;
    lamp.dataset.state = state === 'signin' ? 'device' : state;
    const time = at?.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) ?? '';
    lamp.textContent = lamp.dataset[state].replace('{0}', `\u2068${time}\u2069`);
  }
}

function fieldsOf(form, part) {
  const within = new Set([...form.elements].filter(field => part.contains(field)).map(field => field.name));
  return [...new FormData(form)].filter(([name, value]) =>
    within.has(name) && name !== '__RequestVerificationToken' && typeof value === 'string');
}

/* What was kept on this device is newer than the page that the server sent. */
function restore(form, parts) {
  for (const [id, { fields }] of Object.entries(parts)) {
    const part = id ? form.querySelector(`[data-part="${CSS.escape(id)}"]`) : form;
    if (!part) continue;
    for (const field of part.querySelectorAll('input, select, textarea')) {
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value);
      else if (field.type !== 'hidden' && values.length) field.value = values.at(-1);
    }
    for (const list of part.querySelectorAll('[data-order]')) list.dispatchEvent(new Event('restored'));
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forgetOld() {
  try {
    for (const key of Object.keys(localStorage).filter(k => k.startsWith('seedlot:'))) {
      const newest = Math.max(0, ...Object.values(read(key)?.parts ?? {}).map(p => p.at ?? 0));
      if (newest < Date.now() - keepAtMost) localStorage.removeItem(key);
    }
  } catch { /* No store: nothing to forget. */ }
}
