// Adds passkeys to the forms marked data-passkey="create" or "get"; without it, or in a browser without passkeys, they stay hidden.
const able = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON;

async function ask(form) {
  const token = form.querySelector('[name="__RequestVerificationToken"]').value;
  const reply = await fetch(form.dataset.options, { method: 'POST', headers: { 'X-Form-Token': token } });
  if (!reply.ok) throw new Error(`${reply.status}`);
  const options = await reply.json();
  return form.dataset.passkey === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of able ? document.querySelectorAll('form[data-passkey]') : []) {
  const message = form.querySelector('[data-failed]');
  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    message.textContent = '';
    try {
      form.elements.Credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      message.textContent = message.dataset.failed; // The person cancelled, or the device refused.
    }
  });
}
