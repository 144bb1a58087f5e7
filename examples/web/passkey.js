// The browser's part of passkeys. A form with `data-create` or `data-get` has the options of a ceremony; when it is sent,
// the browser asks the person, and its answer becomes the field `response`.
"use strict";
for (const form of document.querySelectorAll("form[data-create], form[data-get]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { create, get } = form.dataset;
    try {
      const credential = create
        ? await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(create)),
          })
        : await navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(get)),
          });
      form.elements.response.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      form.querySelector("output").textContent = error.message;
    }
  });
}
