// Enhances lessons and assessments, which work without it.

const lamp = document.querySelector('.lamp');

function show(state, at, words = state) {
  if (!lamp) return;
  lamp.dataset.state = state;
  const time = at ? new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) : '';
  lamp.textContent = lamp.dataset[words].replace('{0}', `\u2068${time}\u2069`);
}

/* <form data-check>: the answer is explained in place, without loading the page again. */
document.addEventListener('submit', async e => {
  const form = e.target.closest('form[data-check]');
  // Steps that move by buttons are set up when a page loads.
  if (!form || form.querySelector('[data-order]')) return;
  e.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = '1';
  show('saving');
  let reply;
  try {
    reply = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { 'X-Fragment': '1' }, redirect: 'manual' });
  } catch {
    delete form.dataset.busy;
    return show('failed', null, 'unsent');
  }
  // A sign-in that ran out, a page that is too old: the plain way says what to do.
  if (!reply.ok) return form.submit();
  const holder = document.createElement('template');
  holder.innerHTML = await reply.text();
  const fresh = holder.content.querySelector('form');
  form.replaceWith(fresh);
  const saved = reply.headers.get('X-Saved-At');
  if (saved) show('saved', saved);
  else if (lamp) lamp.textContent = '';
  const message = fresh.querySelector('.answer, .error');
  if (message) message.tabIndex = -1;
  message?.focus();
});

/* What a form says as it is sent overtakes every answer that is still on its way. */
for (const form of document.querySelectorAll('form[data-save]')) {
  let latest = +form.dataset.seq || 0;
  form.addEventListener('change', () => { latest = Math.max(latest + 1, Date.now()); });
  form.addEventListener('submit', () => { form.elements.seq.value = Math.max(latest + 1, Date.now()); });
}

/* <p data-due>: the time left; when it is over, what is on the screen is sent while it still counts. */
for (const timer of document.querySelectorAll('[data-due]')) {
  const due = Date.parse(timer.dataset.due);
  const tick = () => {
    const left = due - Date.now();
    if (left <= 0) return timer.closest('form').requestSubmit();
    const minutes = Math.ceil(left / 60_000);
    timer.querySelector('span').textContent = timer.dataset.left.replace('{0}', timer.dataset.minutes.replace('{0}', minutes));
    setTimeout(tick, Math.min(left, left % 60_000 || 60_000));
  };
  tick();
}
