// Shows a question only after the answers to another one that make it worth asking; without scripts all of them are there.
export function start(questions) {
  const dependent = [...questions.querySelectorAll("[data-asked-after]")];
  function look() {
    for (const question of dependent) {
      const given = questions.querySelector(`[name="${question.dataset.askedAfter}"]:checked`)?.value;
      question.hidden = !question.dataset.values.split(" ").includes(given);
    }
  }
  questions.addEventListener("change", look);
  addEventListener("pageshow", look); // the browser may bring answers back
  look();
}
