// Takes the person to what is wrong.
export function start(summary) {
  summary.focus();
}
