// SCORM 1.2: the API object of a window around this one.

async function connect() {
  const api = findApi('API');
  if (!api || `${api.LMSInitialize('')}` !== 'true') return null;
  const began = Date.now();
  const get = name => `${api.LMSGetValue(name) ?? ''}`;
  const set = (name, value) => `${api.LMSSetValue(name, `${value}`)}` === 'true';
  const status = get('cmi.core.lesson_status');
  const readOnly = ['browse', 'review'].includes(get('cmi.core.lesson_mode'));
  let interactions = +get('cmi.interactions._count') || 0;
  let ended = false;
  if (!readOnly && ['not attempted', ''].includes(status)) set('cmi.core.lesson_status', 'incomplete');

  const commit = () => told(`${api.LMSCommit('')}` === 'true');
  return {
    state: parsedState(get('cmi.suspend_data')),
    completed: ['completed', 'passed'].includes(status), passed: status === 'passed', readOnly, oneResult: false,
    can: () => false,
    save(state) {
      const text = JSON.stringify(state);
      // What SCORM 1.2 can't hold is not kept for going on; results are told all the same.
      if (text.length <= 4096) set('cmi.suspend_data', text);
      commit();
    },
    answered(item, response, correct) {
      const at = `cmi.interactions.${interactions}`;
      const [type, value] = asInteraction(item, response, ',', '.');
      if (readOnly || !set(`${at}.id`, item.id)) return;
      interactions++;
      set(`${at}.type`, type);
      set(`${at}.student_response`, value.slice(0, 255));
      set(`${at}.result`, correct ? 'correct' : 'wrong');
      set(`${at}.time`, new Date().toTimeString().slice(0, 8));
    },
    report({ completed, passed, scaled }) {
      if (readOnly) return;
      if (scaled !== undefined) {
        set('cmi.core.score.min', 0);
        set('cmi.core.score.max', 100);
        set('cmi.core.score.raw', passed ? Math.round(scaled * 1e4) / 100 : Math.floor(scaled * 1e4) / 100);
      }
      set('cmi.core.lesson_status', passed === undefined ? completed ? 'completed' : 'incomplete' : passed ? 'passed' : 'failed');
      commit();
    },
    async leave() {
      if (ended) return;
      ended = true;
      const seconds = Math.floor((Date.now() - began) / 1000);
      const two = value => `${value}`.padStart(2, '0');
      set('cmi.core.session_time', `${`${Math.floor(seconds / 3600)}`.padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
      set('cmi.core.exit', 'suspend');
      api.LMSFinish('');
    },
  };
}
