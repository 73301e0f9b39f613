// The data model of one content object, in memory: SetValue and GetValue answer at once. The rules are the table's; the server applies
// the same (Lms.Standards, Scorm/DataModel/ScormDataModel.cs).

import { checkFor, distinctPatterns, onePattern } from './types.js';
import { scorm12, scorm2004 } from './tables.js';

const read = 1, write = 2;
const needsId = 1, needsType = 2, unique = 4, once = 8, appends = 16, emptyIsNone = 32;

// RTE 3.1.7; SCORM 1.2 RTE 3.4.
const codes2004 = {
  get: 301, set: 351, unknown: 401, empty: 403, readOnly: 404, writeOnly: 405, type: 406, range: 407, dependency: 408,
  gap: 351, noChildren: 301, noCount: 301, keyword: 404,
};
const codes12 = {
  get: 201, set: 201, unknown: 201, empty: 0, readOnly: 403, writeOnly: 404, type: 405, range: 405, dependency: 201,
  gap: 201, noChildren: 202, noCount: 203, keyword: 402,
};

// Where the manifest has a threshold, the measure decides, whatever the content says of itself (RTE 4.2.4.1, 4.2.22.1).
const decides = (threshold, measure, reached, missed) => values =>
  !values.has(threshold) ? undefined : !values.has(measure) ? 'unknown' : +values.get(measure) >= +values.get(threshold) ? reached : missed;
const decided = {
  'cmi.completion_status': decides('cmi.completion_threshold', 'cmi.progress_measure', 'completed', 'incomplete'),
  'cmi.success_status': decides('cmi.scaled_passing_score', 'cmi.score.scaled', 'passed', 'failed'),
};

const compiled = new Map([['2004', compile(scorm2004)], ['1.2', compile(scorm12)]]);

function compile(rows) {
  const elements = new Map();
  for (const [name, type, access, initial, rules] of rows)
    elements.set(name, { name, check: checkFor(type), keyword: type === 'keyword', access, initial, rules });
  return elements;
}

export class DataModel {
  error = 0;
  #elements;
  #codes;
  #values = new Map();
  #counts = new Map();
  #access = new Map();
  #paths = new Map();
  #changes = new Map();

  /**
   * @param standard '1.2' or '2004'
   * @param values what the server knows: element → value
   * @param access what the manifest denies: element → 0 none, 1 read, 2 write
   */
  constructor(standard, values = {}, access = {}) {
    this.#elements = compiled.get(standard);
    this.#codes = standard === '2004' ? codes2004 : codes12;
    for (const [path, value] of Object.entries(values)) this.put(path, value);
    this.#access = new Map(Object.entries(access));
  }

  get(path) {
    this.error = 0;
    const place = this.#find(path);
    if (!place) return this.#refuse(this.#unknown(path), '');
    const { element } = place;
    for (const [collection, index] of place.indexes)
      if (index >= this.#count(collection)) return this.#refuse(this.#codes.get, '');
    if (!(this.#accessTo(place) & read)) return this.#refuse(this.#codes.writeOnly, '');
    const value = decided[place.path]?.(this.#values) ?? this.#values.get(place.path);
    if (value || value === '' && !(element.rules & emptyIsNone)) return value;
    if (place.counts) return `${this.#count(place.counts)}`;
    if (element.initial === null) return this.#refuse(this.#codes.empty, '');
    return element.initial;
  }

  set(path, given) {
    this.error = 0;
    const value = `${given}`;
    const place = this.#find(path);
    if (!place) return this.#refuse(path === '' ? this.#codes.set : this.#codes.unknown, 'false');
    const code = this.#mayWrite(place) || this.#depends(place) || this.#fits(place, value);
    if (code) return this.#refuse(code, 'false');
    const before = this.#values.get(place.path);
    const whole = place.element.rules & appends ? (before ?? '') + value : value;
    if (before === whole) return 'true';
    if (before !== undefined && place.entry && place.path.endsWith('.type')) this.#forgetResponses(`${place.entry}.`);
    // Changes are sent in the order of their making: an interaction's type decides on what comes after it.
    this.#changes.delete(place.path);
    this.#changes.set(place.path, whole);
    this.put(place.path, whole);
    return 'true';
  }

  /** Sets what the server says, without the content object's limits. */
  put(path, value) {
    this.#values.set(path, value);
    let at = -1;
    while ((at = path.indexOf('.', at + 1)) >= 0) {
      const rest = path.slice(at + 1);
      if (!/^\d/.test(rest)) continue;
      const collection = path.slice(0, at);
      this.#counts.set(collection, Math.max(this.#count(collection), parseInt(rest, 10) + 1));
    }
  }

  /** A value whatever the content object may read. */
  peek(path) { return this.#values.get(path) ?? this.#elements.get(path)?.initial ?? ''; }

  /** What was set since the last time, and forgets it. */
  takeChanges() {
    const changes = Object.fromEntries(this.#changes);
    this.#changes.clear();
    return changes;
  }

  get changed() { return this.#changes.size > 0; }

  #count(collection) { return this.#counts.get(collection) ?? 0; }

  #accessTo({ path, element }) { return this.#access.get(path) ?? element.access; }

  #refuse(code, answer) {
    this.error = code;
    return answer;
  }

  /** The table's row for a path, with the collections that it passes; kept, as content asks for the same again and again. */
  #find(path) {
    let place = this.#paths.get(path);
    if (place === undefined) this.#paths.set(path, place = this.#parse(path));
    return place;
  }

  #parse(path) {
    const target = /^(adl\.nav\.request_valid\.(?:choice|jump))\.\{target=.+\}$/.exec(path);
    if (target) return this.#place(path, `${target[1]}.t`, []);
    const indexes = [], own = path.split('.'), name = path.split('.');
    for (let i = 0; i < own.length; i++) {
      if (!/^\d{1,9}$/.test(own[i])) continue;
      indexes.push([own.slice(0, i).join('.'), +own[i]]);
      own[i] = `${+own[i]}`; // 01 is 1
      name[i] = 'n';
    }
    return this.#place(own.join('.'), name.join('.'), indexes);
  }

  #place(path, name, indexes) {
    const element = this.#elements.get(name);
    if (!element) return null;
    const counts = path.endsWith('._count') ? path.slice(0, -7) : null;
    return { path, element, indexes, counts, entry: indexes.length ? indexes[0].join('.') : null };
  }

  #unknown(path) {
    if (path === '') return this.#codes.get;
    const parent = path.replace(/\.[^.]*$/, '').replace(/\.\d+(?=\.|$)/g, '.n');
    const known = this.#elements.has(parent) || [...this.#elements.keys()].some(name => name.startsWith(`${parent}.`));
    if (known && path.endsWith('._children')) return this.#codes.noChildren;
    if (known && path.endsWith('._count')) return this.#codes.noCount;
    return known && path.endsWith('._version') ? this.#codes.get : this.#codes.unknown;
  }

  #mayWrite(place) {
    if (place.element.keyword) return this.#codes.keyword;
    if (!(this.#accessTo(place) & write)) return this.#codes.readOnly;
    // Which shared data there is, the manifest says.
    const gap = place.indexes.some(([collection, index]) =>
      index > this.#count(collection) || collection === 'adl.data' && index === this.#count(collection));
    return gap ? this.#codes.gap : 0;
  }

  #depends({ element, entry }) {
    if (!(element.rules & (needsId | needsType))) return 0;
    return this.#values.has(`${entry}.${element.rules & needsType ? 'type' : 'id'}`) ? 0 : this.#codes.dependency;
  }

  #fits(place, value) {
    const { path, element, indexes } = place;
    const type = element.rules & needsType ? this.#values.get(`${place.entry}.type`) : undefined;
    const isPattern = element.name.endsWith('.pattern');
    if (isPattern && indexes[1][1] > 0 && onePattern.has(type)) return this.#codes.set;
    const wrong = element.check(value, type);
    if (wrong) return wrong === 2 ? this.#codes.range : this.#codes.type;
    if (element.rules & once && this.#values.has(path) && this.#values.get(path) !== value) return this.#codes.set;
    const isUnique = element.rules & unique || isPattern && distinctPatterns.has(type);
    return isUnique && this.#taken(path, indexes.at(-1), value) ? this.#codes.set : 0;
  }

  #taken(path, [collection, own], value) {
    const field = path.slice(path.lastIndexOf('.'));
    for (let i = 0; i < this.#count(collection); i++)
      if (i !== own && this.#values.get(`${collection}.${i}${field}`) === value) return true;
    return false;
  }

  /** Another type of interaction: what was answered to the earlier one is none of its answers. */
  #forgetResponses(entry) {
    const answers = [`${entry}learner_response`, `${entry}correct_responses.`];
    for (const map of [this.#values, this.#changes])
      for (const path of [...map.keys()])
        if (answers.some(start => path.startsWith(start))) map.delete(path);
    this.#counts.delete(`${entry}correct_responses`);
  }
}
