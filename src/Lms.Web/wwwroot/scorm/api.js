// API_1484_11 (SCORM 2004) and API (SCORM 1.2): the states of a session and their error codes, around the data model. Everything is
// answered from memory; `session` hears what is to be kept.

const texts2004 = {
  0: 'No error', 101: 'General exception', 102: 'General initialization failure', 103: 'Already initialized',
  104: 'Content instance terminated', 111: 'General termination failure', 112: 'Termination before initialization',
  113: 'Termination after termination', 122: 'Retrieve data before initialization', 123: 'Retrieve data after termination',
  132: 'Store data before initialization', 133: 'Store data after termination', 142: 'Commit before initialization',
  143: 'Commit after termination', 201: 'General argument error', 301: 'General get failure', 351: 'General set failure',
  391: 'General commit failure', 401: 'Undefined data model element', 402: 'Unimplemented data model element',
  403: 'Data model element value not initialized', 404: 'Data model element is read only', 405: 'Data model element is write only',
  406: 'Data model element type mismatch', 407: 'Data model element value out of range', 408: 'Data model dependency not established',
};
const texts12 = {
  0: 'No error', 101: 'General exception', 201: 'Invalid argument error', 202: 'Element cannot have children',
  203: 'Element not an array - cannot have count', 301: 'Not initialized', 401: 'Not implemented error',
  402: 'Invalid set value, element is a keyword', 403: 'Element is read only', 404: 'Element is write only', 405: 'Incorrect data type',
};

const before = 0, running = 1, after = 2;

// [before, after] the session: RTE 3.1.7; in SCORM 1.2 both are "not initialized".
const states2004 = { initialize: [0, 104], terminate: [112, 113], get: [122, 123], set: [132, 133], commit: [142, 143] };
const states12 = { initialize: [0, 101], terminate: [301, 301], get: [301, 301], set: [301, 301], commit: [301, 301] };

/**
 * @param standard '1.2' or '2004'
 * @param model the content object's DataModel
 * @param session { initialized(), commit(), terminated(), called(name, args, answer, error) }
 */
export function createApi(standard, model, session) {
  const is2004 = standard === '2004';
  const [states, texts, prefix] = is2004 ? [states2004, texts2004, ''] : [states12, texts12, 'LMS'];
  let state = before, error = 0;

  const answer = (code, value) => { error = code; return value; };
  const refused = call => state === running ? 0 : states[call][state === before ? 0 : 1];
  // Content leaves the empty argument out; the books want it refused only when it says something.
  const isEmpty = argument => argument === undefined || argument === null || `${argument}` === '';

  const calls = {
    Initialize(argument) {
      if (!isEmpty(argument)) return answer(201, 'false');
      if (state === running) return answer(is2004 ? 103 : 101, 'false');
      if (state === after) return answer(states.initialize[1], 'false');
      state = running;
      session.initialized();
      return answer(0, 'true');
    },
    [is2004 ? 'Terminate' : 'Finish'](argument) {
      if (!isEmpty(argument)) return answer(201, 'false');
      const code = refused('terminate');
      if (code) return answer(code, 'false');
      state = after;
      session.terminated();
      return answer(0, 'true');
    },
    GetValue(path) {
      const code = refused('get');
      if (code) return answer(code, '');
      const value = model.get(`${path ?? ''}`);
      return answer(model.error, value);
    },
    SetValue(path, value) {
      const code = refused('set');
      if (code) return answer(code, 'false');
      const done = model.set(`${path ?? ''}`, value ?? '');
      return answer(model.error, done);
    },
    Commit(argument) {
      if (!isEmpty(argument)) return answer(201, 'false');
      const code = refused('commit');
      if (code) return answer(code, 'false');
      session.commit();
      return answer(0, 'true');
    },
  };

  const api = {};
  for (const [name, call] of Object.entries(calls))
    api[prefix + name] = (...args) => {
      const value = call(...args);
      session.called(name, args, value, error);
      return value;
    };
  api[`${prefix}GetLastError`] = () => `${error}`;
  api[`${prefix}GetErrorString`] = code => texts[code] ?? '';
  api[`${prefix}GetDiagnostic`] = code => texts[isEmpty(code) ? error : code] ?? '';
  if (is2004) api.version = '1.0';
  return { api, get running() { return state === running; }, get finished() { return state === after; }, end: () => { state = after; } };
}
