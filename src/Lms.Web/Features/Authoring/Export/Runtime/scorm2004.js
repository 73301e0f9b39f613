// SCORM 2004 4th Edition: the API object of a window around this one.

async function connect() {
  const api = findApi('API_1484_11');
  if (!api || `${api.Initialize('')}` !== 'true') return null;
  const began = Date.now();
  const get = name => `${api.GetValue(name) ?? ''}`;
  const set = (name, value) => `${api.SetValue(name, `${value}`)}` === 'true';
  const readOnly = get('cmi.mode') !== 'normal';
  const [completed, passed] = [get('cmi.completion_status') === 'completed', get('cmi.success_status') === 'passed'];
  let interactions = +get('cmi.interactions._count') || 0;
  let ended = false;
  if (!readOnly && !completed) set('cmi.completion_status', 'incomplete');

  const commit = () => told(`${api.Commit('')}` === 'true');
  const can = (request, target) => get(`adl.nav.request_valid.${request}${target ? `.{target=${target}}` : ''}`) === 'true';
  return {
    state: parsedState(get('cmi.suspend_data')),
    completed, passed, readOnly, oneResult: false, can,
    save(state, progress) {
      set('cmi.suspend_data', JSON.stringify(state));
      if (!readOnly) set('cmi.progress_measure', Math.round(progress * 1e4) / 1e4);
      commit();
    },
    answered(item, response, correct) {
      const at = `cmi.interactions.${interactions}`;
      const [type, value] = asInteraction(item, response, '[,]', '[.]');
      if (readOnly || !set(`${at}.id`, item.id)) return;
      interactions++;
      set(`${at}.type`, type);
      set(`${at}.learner_response`, value);
      set(`${at}.result`, correct ? 'correct' : 'incorrect');
      set(`${at}.description`, item.stemText.slice(0, 250));
    },
    report({ completed: isCompleted, passed: isPassed, scaled }) {
      if (readOnly) return;
      if (scaled !== undefined) {
        const share = isPassed ? Math.round(scaled * 1e7) / 1e7 : Math.floor(scaled * 1e7) / 1e7;
        set('cmi.score.scaled', share);
        set('cmi.score.min', 0);
        set('cmi.score.max', 100);
        set('cmi.score.raw', Math.round(share * 1e7) / 1e5);
      }
      if (isPassed !== undefined) set('cmi.success_status', isPassed ? 'passed' : 'failed');
      set('cmi.completion_status', isCompleted ? 'completed' : 'incomplete');
      commit();
    },
    async leave(how) {
      if (ended) return;
      ended = true;
      set('cmi.session_time', `PT${Math.round((Date.now() - began) / 10) / 100}S`);
      set('cmi.exit', 'suspend');
      if (how === 'previous' || how.startsWith('{')) set('adl.nav.request', how);
      else if (how !== 'suspend') set('adl.nav.request', get('adl.nav.request_valid.continue') !== 'false' ? 'continue' : how === 'finish' ? 'exitAll' : 'suspendAll');
      api.Terminate('');
    },
  };
}
