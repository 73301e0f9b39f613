// Enhances pages that already work without it. Words come from the page, so that they are in its language.
const words = document.body.dataset;

/* Menus close when one looks elsewhere. */
const menus = 'details.pop[open], details.menu[open]';
document.addEventListener('click', e => {
  for (const menu of document.querySelectorAll(menus)) if (!menu.contains(e.target)) menu.open = false;
});
document.addEventListener('keydown', e => {
  if (e.key !== 'Escape') return;
  for (const menu of document.querySelectorAll(menus)) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
  }
});

/* <button data-confirm="Question?" data-confirm-yes="Verb"> asks first. */
function ask(question, yes, danger) {
  const dialog = document.createElement('dialog');
  const text = document.createElement('p');
  text.textContent = question;
  text.id = 'ask';
  dialog.setAttribute('aria-labelledby', 'ask');
  const row = document.createElement('div');
  row.className = 'actions';
  for (const [label, css, value] of [[words.cancel, 'btn quiet', ''], [yes || words.continue, danger ? 'btn danger' : 'btn', 'yes']]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = css;
    button.textContent = label;
    button.addEventListener('click', () => dialog.close(value));
    row.append(button);
  }
  dialog.append(text, row);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(done => dialog.addEventListener('close', () => {
    dialog.remove();
    done(dialog.returnValue === 'yes');
  }));
}
document.addEventListener('click', async e => {
  const button = e.target.closest?.('[data-confirm]');
  if (!button || button.dataset.asked || !window.HTMLDialogElement) return;
  e.preventDefault();
  if (!await ask(button.dataset.confirm, button.dataset.confirmYes, button.classList.contains('danger'))) return button.focus();
  button.dataset.asked = '1';
  button.click();
  delete button.dataset.asked;
}, true);

/* <form data-warn> warns before changes are lost. */
for (const form of document.querySelectorAll('form[data-warn]')) {
  let dirty = false;
  form.addEventListener('input', () => { dirty = true; });
  form.addEventListener('submit', () => { dirty = false; });
  addEventListener('beforeunload', e => { if (dirty) e.preventDefault(); });
}

/* <ol data-order>: rows move by buttons; the numbered selects that serve without a script follow them. */
const arrows = { up: 'm6.5 14.5 5.5-5.5 5.5 5.5', down: 'm6.5 9.5 5.5 5.5 5.5-5.5' };
for (const list of document.querySelectorAll('ol[data-order]')) {
  const rows = () => [...list.children];
  const place = row => row.querySelector('select');
  if (rows().some(row => place(row).disabled)) continue;

  const show = () => rows().forEach((row, i, all) => {
    row.querySelector('.place').textContent = i + 1;
    const [up, down] = row.querySelectorAll('.move');
    up.ariaDisabled = i === 0;
    down.ariaDisabled = i === all.length - 1;
  });
  const renumber = () => {
    const changed = rows().filter((row, i) => +place(row).value !== i + 1);
    rows().forEach((row, i) => { place(row).value = i + 1; });
    show();
    if (changed.length) place(changed[0]).dispatchEvent(new Event('change', { bubbles: true }));
  };
  const move = (row, by, button) => {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    by < 0 ? other.before(row) : other.after(row);
    renumber();
    button.focus();
  };

  const sort = () => list.append(...rows().sort((a, b) => (+place(a).value || 99) - (+place(b).value || 99)));
  sort();
  for (const row of rows()) {
    // The order as shown is an answer, too.
    place(row).value ||= rows().indexOf(row) + 1;
    place(row).classList.add('vh');
    place(row).tabIndex = -1;
    place(row).ariaHidden = true;
    const number = document.createElement('span');
    number.className = 'place';
    row.prepend(number);
    const moves = document.createElement('span');
    moves.className = 'moves';
    const name = row.querySelector('span:not(.place)').textContent.trim();
    for (const [by, word, path] of [[-1, list.dataset.up, arrows.up], [1, list.dataset.down, arrows.down]]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'move';
      button.ariaLabel = `${word}: ${name}`;
      button.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
      button.addEventListener('click', () => move(row, by, button));
      moves.append(button);
    }
    row.append(moves);
  }
  show();
  list.addEventListener('restored', () => { sort(); show(); });
}

/* Definitions open where the browser has no popover. */
if (!('popover' in HTMLElement.prototype)) {
  for (const gloss of document.querySelectorAll('.gloss')) gloss.hidden = true;
  document.addEventListener('click', e => {
    const term = e.target.closest('.term');
    if (!term) return;
    const gloss = document.getElementById(term.getAttribute('popovertarget'));
    gloss.hidden = !gloss.hidden;
  });
}

/* The first mistake is where the keyboard is. */
document.querySelector('.errors')?.focus();

/* Most pages have nothing to save. */
if (document.querySelector('form[data-save]')) import('./save.js').then(({ saveForms }) => saveForms(words));
