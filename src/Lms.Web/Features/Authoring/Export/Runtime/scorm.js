// What both kinds of SCORM share.

/** Looks through the windows around this one, and around the one that opened it. A window of another site can't be looked into. */
function findApi(name) {
  const search = from => {
    try {
      for (let at = from, steps = 0; at && steps < 50; at = at.parent, steps++) {
        if (at[name]) return at[name];
        if (at.parent === at) return null;
      }
    } catch { /* Another site's. */ }
    return null;
  };
  return search(window) ?? (window.opener ? search(window.opener) : null);
}

function parsedState(text) {
  try { return JSON.parse(text); } catch { return null; }
}

function told(taken) {
  const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  show(taken ? 'saved' : 'failed', taken ? t('Handed to your learning platform at {0}', time) : t('Your learning platform does not take what you do. Close this page and open it again.'));
}
