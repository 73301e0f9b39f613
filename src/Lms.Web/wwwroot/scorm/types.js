// The types of SCORM's data model, by the notation that the tables of elements use. The server checks the same (Lms.Standards,
// Scorm/DataModel/ElementTypes.cs); a test runs one table of cases through both.
//
// A check takes the value and, for responses, the interaction's type, and answers 0 (right), 1 (wrong type) or 2 (out of range).

import { languages2, languages3 } from './tables.js';

const real = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const interval = /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/;
const time = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d{1,2}(?:Z|[+-](\d\d)(?::(\d\d))?)?)?)?)?)?)?)?$/;
const identifier = /^[^\s\u0000-\u001f"<>\\^`{|}[\]]+$/;
const bareScheme = /^[A-Za-z][A-Za-z0-9+.-]*:$/;
const subtags = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
const timespan12 = /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
const time12 = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
const navigation = /^(_none_|continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|\{target=[^{}]+\}(choice|jump))$/;

// What a book names is the least that must be kept; the most keeps a mistake from filling the device.
const most = 1 << 18;

const isId = value => identifier.test(value) && !bareScheme.test(value);

function isLanguage(tag) {
  if (!subtags.test(tag)) return false;
  const primary = tag.split('-', 1)[0].toLowerCase();
  if (primary.length === 2) return languages2.has(primary);
  if (primary.length === 3) return languages3.has(primary) || primary >= 'qaa' && primary <= 'qtz';
  return tag.length > 2 && (primary === 'i' || primary === 'x');
}

function isTime(value) {
  const parts = time.exec(value);
  if (!parts) return false;
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] =
    parts.slice(1).map(part => part === undefined ? undefined : +part);
  return year >= 1970 && year <= 2038 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate() &&
    hour < 24 && minute < 60 && second < 60 && zoneHour < 24 && zoneMinute < 60;
}

/** Takes `{name=value}` off the beginning of a text, when it is there. */
function delimiter(text, name) {
  const start = `{${name}=`;
  if (!text.startsWith(start)) return [null, text];
  const end = text.indexOf('}');
  return end < 0 ? [null, text] : [text.slice(start.length, end), text.slice(end + 1)];
}

function isLocalized(text) {
  const [tag] = delimiter(text, 'lang');
  return tag === null || isLanguage(tag);
}

/** Checks and takes off the delimiters that say how to compare, in any order. */
function comparison(text, names) {
  for (let found = true; found;) {
    found = false;
    for (const name of names) {
      const [value, rest] = delimiter(text, name);
      if (value === null) continue;
      if (name === 'lang' ? !isLanguage(value) : value !== 'true' && value !== 'false') return null;
      if (name === 'lang') return text;
      [text, found] = [rest, true];
    }
  }
  return text;
}

const isRange = text => {
  const ends = text.split('[:]');
  return ends.length === 2 && ends.every(end => end === '' || real.test(end)) && !(ends[0] !== '' && ends[1] !== '' && +ends[0] > +ends[1]);
};

const isPair = text => {
  const sides = text.split('[.]');
  return sides.length === 2 && sides.every(isId);
};

const isStep = isAnswer => text => {
  const sides = text.split('[.]');
  if (sides.length !== 2 || sides[0] === '' && sides[1] === '') return false;
  return (sides[0] === '' || isId(sides[0])) && isAnswer(sides[1]);
};

const each = (text, is) => text.split('[,]').every(is);
const distinct = text => new Set(text.split('[,]')).size === text.split('[,]').length;
const answerOrRange = text => !text.includes('[:]') || isRange(text);

const responses = {
  'true-false': v => v === 'true' || v === 'false',
  'choice': v => v === '' || each(v, isId) && distinct(v),
  'fill-in': v => each(v, isLocalized),
  'long-fill-in': isLocalized,
  'likert': isId,
  'matching': v => v === '' || each(v, isPair),
  'performance': v => v === '' || each(v, isStep(() => true)),
  'sequencing': v => v === '' || each(v, isId),
  'numeric': v => real.test(v),
  'other': () => true,
};

const patterns = {
  ...responses,
  'fill-in': v => (v = comparison(v, ['case_matters', 'order_matters', 'lang'])) !== null && each(v, isLocalized),
  'long-fill-in': v => (v = comparison(v, ['case_matters', 'lang'])) !== null && isLocalized(v),
  'matching': v => each(v, isPair),
  'performance': v => (v = comparison(v, ['order_matters'])) !== null && each(v, isStep(answerOrRange)),
  'sequencing': v => each(v, isId),
  'numeric': isRange,
};

/** Types of interactions that have one pattern at most, and those that have none twice. */
export const onePattern = new Set(['true-false', 'likert', 'numeric', 'other']);
export const distinctPatterns = new Set(['choice', 'sequencing']);

const number = (value, least, greatest) => !real.test(value) ? 1 : +value < least || +value > greatest ? 2 : 0;
const limit = (text, otherwise) => text === '' ? otherwise : +text;

const makers = {
  text: () => value => +(value.length > most),
  localized: () => value => +(value.length > most || !isLocalized(value)),
  words: words => { const set = new Set(words.split('|')); return value => +!set.has(value); },
  real: (least, greatest) => value => number(value, limit(least, -Infinity), limit(greatest, Infinity)),
  blankreal: (least, greatest) => value => value === '' ? 0 : number(value, limit(least, -Infinity), limit(greatest, Infinity)),
  integer: (least, greatest) => value => /^[+-]?\d+$/.test(value) ? number(value, +least, +greatest) : 1,
  interval: () => value => +!interval.test(value),
  time: () => value => +!isTime(value),
  id: () => value => +(value.length > most || !isId(value)),
  language: () => value => +!(value === '' || isLanguage(value)),
  result: words => { const set = new Set(words.split('|')); return value => +!(set.has(value) || real.test(value)); },
  response: () => (value, type) => +(value.length > most || !responses[type]?.(value)),
  pattern: () => (value, type) => +(value.length > most || !patterns[type]?.(value)),
  navigation: () => value => +!navigation.test(value),
  id12: () => value => +!/^\S{1,255}$/.test(value),
  timespan12: () => value => +!timespan12.test(value),
  time12: () => value => +!time12.test(value),
  keyword: () => () => 1,
};

/** The check for a notation such as `real -1 1`, `words credit|no-credit` or `text 1000`. */
export function checkFor(notation) {
  const space = notation.indexOf(' ');
  const name = space < 0 ? notation : notation.slice(0, space);
  const rest = space < 0 ? '' : notation.slice(space + 1);
  const range = name === 'real' || name === 'blankreal' || name === 'integer';
  return range ? makers[name](...(rest ? rest.split('..') : ['', ''])) : makers[name](rest);
}
