// Before this stand COURSE, WORDS and ICONS, which the exporter writes: what the course is, and the words of its pages.

const isolate = text => COURSE.uiDir === 'rtl' ? `\u2068${text}\u2069` : `${text}`;

/** The words for an English sentence, with its gaps filled. */
function t(english, ...values) {
  return (WORDS[english] ?? english).replace(/\{(\d)\}/g, (_, gap) => isolate(values[gap]));
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const esc = text => `${text ?? ''}`.replace(/[&<>"']/g, character => escapes[character]);

/** Attributes for an element with text of the course, whose language may not be that of the words around it. */
const inLanguage = `lang="${esc(COURSE.language)}" dir="${COURSE.dir}"`;

const when = (condition, html) => condition ? html : '';

function number(value) {
  const [whole, part] = `${Math.abs(value)}`.split('.');
  return (value < 0 ? '\u2212' : '') + whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (part ? COURSE.decimal + part : '');
}

const percent = share => `${number(Math.round(share * 100))}\u202f%`;

const duration = minutes => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (!hours) return t('{0} min', rest);
  return rest ? t('{0} h {1}', hours, `${rest}`.padStart(2, '0')) : t('{0} h', hours);
};

function notice(kind, icon, text) {
  return `<div class="notice ${kind}">${ICONS[icon]}<div><p>${esc(text)}</p></div></div>`;
}

/** Says in the corner what became of the learner's work. */
function show(state, text) {
  const lamp = document.querySelector('.lamp');
  lamp.dataset.state = state;
  lamp.textContent = text;
}
