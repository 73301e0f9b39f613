// Sends <form data-upload> in pieces (tus 1.0): what arrived stays, and after a broken connection, a closed tab or a restart it goes on from there.

const pieceBytes = 8 << 20;
const waitAtMost = 30_000;
const form = document.querySelector('form[data-upload]');
const words = form.dataset;
const file = form.elements.file;
const box = form.querySelector('[data-state]');
const key = `seedlot-upload:${form.elements.package?.value ?? ''}`;
const token = { 'X-Form-Token': form.elements.__RequestVerificationToken.value };

const begun = remembered();
if (begun) say(words.resume.replace('{0}', `\u2068${begun.name}\u2069`));

form.addEventListener('submit', async e => {
  e.preventDefault();
  const chosen = file.files[0];
  if (!chosen) return;
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const url = await earlier(chosen) ?? await begin(chosen);
    await send(url, chosen);
    forget();
    await follow(url);
    location.href = `/packages/import/${url.split('/').at(-1)}`;
  } catch {
    forget();
    say(words.refused);
    button.disabled = false;
  }
});

async function begin(chosen) {
  const fields = { filename: chosen.name };
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && name !== '__RequestVerificationToken') fields[name] = value;
  const metadata = Object.entries(fields).map(([name, value]) => `${name} ${base64(value)}`).join(',');
  const reply = await patiently(() => fetch(words.upload, { method: 'POST', headers: { ...token, 'Tus-Resumable': '1.0.0', 'Upload-Length': chosen.size, 'Upload-Metadata': metadata } }));
  const url = reply.headers.get('Location');
  remember({ url, name: chosen.name, size: chosen.size, changed: chosen.lastModified });
  return url;
}

/* The same file as the one that stopped half-way: go on with it. */
async function earlier(chosen) {
  const known = remembered();
  if (!known || known.name !== chosen.name || known.size !== chosen.size || known.changed !== chosen.lastModified) return null;
  const reply = await fetch(known.url, { method: 'HEAD', redirect: 'manual' }).catch(() => null);
  return reply?.ok ? known.url : null;
}

async function send(url, chosen) {
  let offset = await offsetOf(url);
  while (offset < chosen.size) {
    show(words.sending.replace('{0}', size(offset)).replace('{1}', size(chosen.size)), offset / chosen.size);
    try {
      const reply = await fetch(url, {
        method: 'PATCH', redirect: 'manual', body: chosen.slice(offset, offset + pieceBytes),
        headers: { ...token, 'Tus-Resumable': '1.0.0', 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
      });
      if (reply.ok) offset = +reply.headers.get('Upload-Offset');
      else if (reply.status === 409 || reply.status >= 500) throw new TypeError();
      else throw new Error(reply.status);
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure;
      say(words.waiting);
      await pause(2_000);
      offset = await offsetOf(url);
    }
  }
}

async function offsetOf(url) {
  return +(await patiently(() => fetch(url, { method: 'HEAD', redirect: 'manual' }))).headers.get('Upload-Offset');
}

async function follow(url) {
  for (;;) {
    const now = await (await patiently(() => fetch(`${url}/progress`, { redirect: 'manual' }))).json();
    if (now.state !== 'Received') return;
    show(words.importing.replace('{0}', percent(now.progress ?? 0)), now.progress ?? 0);
    await pause(700);
  }
}

/* A network that comes and goes is waited for; an answer that refuses is not. */
async function patiently(request) {
  for (let wait = 1_000; ; wait = Math.min(waitAtMost, wait * 2)) {
    const reply = await request().catch(() => null);
    if (reply?.ok) return reply;
    if (reply && reply.status < 500) throw new Error(reply.status);
    say(words.waiting);
    await pause(wait);
  }
}

function show(text, share) {
  say(text);
  box.querySelector('progress').value = share;
}

function say(text) {
  box.hidden = false;
  box.querySelector('[data-words]').textContent = text;
}

function pause(ms) {
  return new Promise(done => setTimeout(done, ms));
}

function size(bytes) {
  return `\u2068${(bytes / 1e6).toFixed(1)}\u00a0MB\u2069`;
}

function percent(share) {
  return `\u2068${Math.round(share * 100)}\u00a0%\u2069`;
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function remembered() {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function remember(upload) {
  try { localStorage.setItem(key, JSON.stringify(upload)); } catch { /* No store: a closed tab begins anew. */ }
}

function forget() {
  try { localStorage.removeItem(key); } catch { /* Nothing is there. */ }
}
