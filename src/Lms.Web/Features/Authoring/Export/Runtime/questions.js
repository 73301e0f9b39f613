// Draws questions with the site's markup, and reads what was answered.

const typedAtMost = 120; // A sitting must fit into the 4096 characters that SCORM 1.2 keeps.

/** @param view { mode: 'answer' | 'feedback' | 'review', response, heading?, button?, problem? } */
function drawQuestion(item, order, view) {
  const id = `q-${esc(item.id)}`;
  const given = view.mode === 'answer' ? null : grade(item, view.response);
  const q = { item, order, id, grade: given, response: view.response, off: view.mode === 'review' ? ' disabled' : '' };
  const role = item.type === 'choice' && !item.multiple && !item.list ? 'radiogroup' : 'group';
  const name = item.stemHtml ? `aria-labelledby="${id}-stem"` : `aria-label="${esc(t('Fill in the gaps'))}"`;
  const heading = when(view.heading, `<span>${esc(view.heading)}</span>`) + when(item.critical, `<span class="chip wait">${esc(t('Must be right'))}</span>`);
  return `<div class="q" id="${id}">${when(heading, `<p class="q-n">${heading}</p>`)}
    <div role="${role}" ${name}${when(view.problem, ` aria-describedby="${id}-error"`)}>
      ${when(item.stemHtml, `<div class="stem" id="${id}-stem" ${inLanguage}>${item.stemHtml}</div>`)}
      ${when(view.problem, `<p class="error" id="${id}-error" role="alert" tabindex="-1">${esc(view.problem)}</p>`)}
      ${drawers[item.list ? 'list' : item.type](q)}
    </div>
    ${when(view.mode !== 'review', (item.hints ?? []).map(hint => `<details class="help"><summary>${esc(t('Hint'))}</summary><div ${inLanguage}>${hint}</div></details>`).join(''))}
    ${given ? drawAnswer(item, given, view.response) : ''}
    ${when(view.button, `<div class="actions"><button class="btn quiet">${esc(view.button)}</button></div>`)}
  </div>`;
}

function drawAnswer(item, given, response) {
  const [tone, icon] = given.correct ? ['good', 'check'] : ['bad', 'cross'];
  const words = given.correct ? t('Right') : !response.length ? t('Not answered') : given.score > 0 ? t('Partly right') : t('Not right');
  return `<div class="answer ${tone}" role="status" tabindex="-1"><p class="verdict ${tone}">${ICONS[icon]}${esc(words)}</p>
    <div class="why" ${inLanguage}>${item.rationaleHtml}</div></div>`;
}

const verdict = (icon, html) => `<span class="verdict">${ICONS[icon]}${html}</span>`;
const why = html => when(html, `<span class="why" ${inLanguage}>${html}</span>`);
const tone = state => state === null ? '' : state ? 'right' : 'wrong';
const choose = () => `<option value="">\u2068${esc(t('Choose…'))}\u2069</option>`;
const option = (value, text, chosen) => `<option value="${esc(value)}"${when(chosen, ' selected')}>${esc(text)}</option>`;
const key = (html, put = '') => `<p class="verdict">${ICONS.check}${esc(t('Right answer'))}: ${put}${html}</p>`;

const drawers = {
  choice: ({ item, order, grade, response, off }) => order.map(i => {
    const shown = item.options[i];
    const chosen = response.includes(`${i}`);
    const explained = grade && (chosen || shown.right);
    const words = shown.right ? chosen ? t('Your answer: right') : t('Right answer') : t('Your answer: not this one');
    return `<label class="opt ${explained ? tone(shown.right) : ''}"><input type="${item.multiple ? 'checkbox' : 'radio'}" name="a" value="${i}"${when(chosen, ' checked')}${off}>
      <span><span ${inLanguage}>${shown.html}</span>${explained ? verdict(shown.right ? 'check' : 'cross', esc(words)) + when(chosen, why(shown.rationaleHtml)) : ''}</span></label>`;
  }).join(''),

  list({ item, order, id, grade, response, off }) {
    const options = order.map(i => option(i, item.options[i].text, response.includes(`${i}`))).join('');
    return `<div class="field"><label for="${id}-a">${esc(t('Your answer'))}</label>
      <select id="${id}-a" name="a" class="gap ${tone(grade && grade.correct)}" ${inLanguage}${off}>${choose()}${options}</select></div>
      ${grade && !grade.correct ? grade.feedback.map(f => why(f.html)).join('') + key(esc(item.options.find(o => o.right).text), '') : ''}`;
  },

  text: q => drawTyped(q, '', q.item.answers[0]),
  number: q => drawTyped(q, q.item.unit ?? '', numberKey(q.item) + when(q.item.unit, ` ${q.item.unit}`)),

  cloze({ item, response, grade, off }) {
    let gapNumber = 0;
    const parts = item.parts.map(({ html, gap }) => {
      if (!gap) return html ?? '';
      const at = gapNumber++;
      const state = grade ? isGapRight(gap, response[at]) : null;
      const name = `name="a.${at}" class="gap ${tone(state)}" aria-label="${esc(t('Gap {0}', at + 1))}"${off}`;
      const field = gap.choices.length
        ? `<select ${name}>${choose()}${gap.choices.map(c => option(c, c, c === response[at])).join('')}</select>`
        : `<input ${name} value="${esc(response[at])}" maxlength="${typedAtMost}" autocomplete="off" autocapitalize="off" spellcheck="false"${when(gap.value !== undefined, ' inputmode="decimal"')}>`;
      return field + when(state === false, `<span class="verdict"><span class="vh">${esc(t('Right answer'))}: </span>${ICONS.check}<bdi>${esc(gap.value !== undefined ? numberKey(gap) : gap.answers[0])}</bdi></span>`);
    });
    return `<div class="cloze" ${inLanguage}>${parts.join('')}</div>`;
  },

  matching: ({ item, order, id, response, grade, off }) => `<ul class="match">${order.map((i, place) => {
    const row = item.rows[i];
    const state = grade ? response[i] === `${row.column}` : null;
    const told = state === null ? '' : verdict(state ? 'check' : 'cross', state ? esc(t('Right')) : `${esc(t('Right answer'))}: <span ${inLanguage}>${esc(item.columns[row.column])}</span>`);
    return `<li class="${tone(state)}"><span id="${id}-r${place}" ${inLanguage}>${row.html}</span>
      <select name="a.${i}" aria-labelledby="${id}-r${place}" ${inLanguage}${off}>${choose()}${item.columns.map((c, n) => option(n, c, response[i] === `${n}`)).join('')}</select>
      ${told}${when(state === false, why(row.rationaleHtml))}</li>`;
  }).join('')}</ul>`,

  ordering({ item, order, response, grade, off }) {
    const shown = response.length ? response.map(Number) : order;
    return `<ol class="order">${shown.map((i, place) => {
      const step = item.steps[i];
      const state = grade ? i === place : null;
      const told = state === null ? '' : verdict(state ? 'check' : 'cross', esc(state ? t('Right') : t('Right place: {0}', i + 1)));
      return `<li class="${tone(state)}" data-step="${i}"><span class="place">${place + 1}</span><span ${inLanguage}>${step.html}</span>
        ${when(!off, `<span class="moves">${move(-1, t('Move up'), step.text, place === 0)}${move(1, t('Move down'), step.text, place === shown.length - 1)}</span>`)}
        ${told}${when(state === false, why(step.rationaleHtml))}</li>`;
    }).join('')}</ol>`;
  },
};

function drawTyped({ item, id, grade, response, off }, unit, keyText) {
  const state = grade && grade.correct;
  const isNumber = item.type === 'number';
  return `<div class="field"><label for="${id}-a">${esc(t('Your answer'))}</label><span class="with-unit">
    <input id="${id}-a" name="a" class="gap ${tone(state)}" value="${esc(response[0])}" maxlength="${typedAtMost}" autocomplete="off" autocapitalize="off" spellcheck="false"
      dir="${isNumber ? 'ltr' : 'auto'}"${when(isNumber, ' inputmode="decimal"')}${when(state === false, ' aria-invalid="true"')}${off}>
    ${when(unit, `<span class="ltr" dir="ltr">${esc(unit)}</span>`)}</span></div>
    ${state === false ? grade.feedback.map(f => why(f.html)).join('') + key(`<bdi>${esc(keyText)}</bdi>`) : ''}`;
}

const numberKey = of => number(of.value) + when(of.tolerance, ` ± ${number(of.tolerance ?? 0)}`);

const move = (by, words, name, last) =>
  `<button type="button" class="move" data-by="${by}" aria-label="${esc(words)}: ${esc(name)}"${when(last, ' aria-disabled="true"')}>${ICONS[by < 0 ? 'up' : 'down']}</button>`;

/* Steps move by buttons. */
document.addEventListener('click', event => {
  const button = event.target.closest?.('.move');
  if (!button) return;
  const row = button.closest('li');
  const other = button.dataset.by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  button.dataset.by < 0 ? other.before(row) : other.after(row);
  [...row.parentElement.children].forEach((step, place, all) => {
    step.querySelector('.place').textContent = place + 1;
    const [up, down] = step.querySelectorAll('.move');
    up.ariaDisabled = place === 0;
    down.ariaDisabled = place === all.length - 1;
  });
  button.focus();
  row.dispatchEvent(new Event('change', { bubbles: true }));
});

/** What was answered: { response, problem }. The response is empty when nothing was. */
function readAnswer(item, root) {
  const field = name => root.querySelector(`[name="${name}"]`)?.value.trim() ?? '';
  if (item.type === 'ordering') return { response: [...root.querySelectorAll('[data-step]')].map(row => row.dataset.step), problem: null };
  if (item.type === 'choice') {
    const response = item.list ? [field('a')].filter(Boolean) : [...root.querySelectorAll('[name=a]:checked')].map(input => input.value).sort((a, b) => a - b);
    return { response, problem: response.length ? null : item.multiple ? t('Choose at least one answer.') : t('Choose an answer.') };
  }
  const parts = item.type === 'cloze' ? gapsOf(item).map((_, i) => field(`a.${i}`)) : item.type === 'matching' ? item.rows.map((_, i) => field(`a.${i}`)) : [field('a')];
  if (parts.every(part => !part)) return { response: [], problem: t('Write an answer.') };
  return { response: parts, problem: parts.every(Boolean) ? null : item.type === 'cloze' ? t('Fill in every gap.') : t('Answer every row.') };
}

const letter = i => 'abcdefghijklmnopqrstuvwxyz'[i] ?? `z${i}`;

/** The answer as the standards record it: [type, response]. Pieces are kept apart by `and`, pairs by `to`. */
function asInteraction(item, response, and, to) {
  const letters = list => list.map(i => letter(+i)).join(and);
  switch (item.type) {
    case 'choice': return ['choice', letters(response)];
    case 'ordering': return ['sequencing', letters(response)];
    case 'matching': return ['matching', response.flatMap((column, row) => column === '' ? [] : [`${letter(row)}${to}${letter(+column)}`]).join(and)];
    default: return ['fill-in', response.map(text => text.slice(0, 200)).join(and)];
  }
}
