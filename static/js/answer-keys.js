// Digits choose an answer while the focus is in its question; Enter goes on: to the next question, or by the form's button.
export function start(question) {
  for (const key of question.querySelectorAll("kbd")) key.hidden = false;
  for (const answer of question.querySelectorAll("[data-key]")) answer.setAttribute("aria-keyshortcuts", answer.dataset.key);

  function next() {
    const questions = [...question.form.querySelectorAll("[data-module=answer-keys]")].filter((one) => one.checkVisibility());
    return questions[questions.indexOf(question) + 1];
  }

  question.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Enter" && event.target.type === "radio") {
      const following = next();
      if (!following) return; // the browser presses the first button of the form
      event.preventDefault();
      (following.querySelector(":checked") ?? following.querySelector("[type=radio]")).focus();
    }
    const answer = /^[0-9]$/.test(event.key) && question.querySelector(`[data-key="${event.key}"]`);
    if (!answer) return;
    event.preventDefault();
    answer.focus();
    if (!answer.checked) answer.click();
  });
}
