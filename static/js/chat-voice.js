// Plays a voice message with buttons in the language of the page; without us there are the browser's own.
const BACK = 10; // seconds
const sounds = new Set();
let speed = "1"; // as it was chosen last on this page

export function start(box) {
  const part = (name) => box.querySelector(`[data-part=${name}]`);
  const action = (name) => box.querySelector(`[data-do=${name}]`);
  const [sound, player, played, trouble] = ["sound", "player", "played", "trouble"].map(part);
  const [play, choice] = [action("play"), action("speed")];
  const { textContent: listen } = play;
  const { width } = played.ownerSVGElement.viewBox.baseVal;

  // The clock of what browsers record has no end, so the server's length counts.
  function show() {
    play.textContent = sound.paused ? listen : play.dataset.pause;
    const done = sound.ended ? 1 : Math.min(1, sound.currentTime / Number(box.dataset.seconds));
    played.setAttribute("width", String(Math.round(done * width)));
  }

  async function toggle() {
    if (!sound.paused) return sound.pause();
    trouble.textContent = "";
    for (const other of sounds) if (other !== sound) other.pause();
    choice.value = speed;
    sound.defaultPlaybackRate = sound.playbackRate = Number(speed);
    // Where it cannot be had, or is no sound, that is said; a pause before it began is no trouble.
    await sound.play().catch(({ name }) => name === "AbortError" || (trouble.textContent = trouble.dataset.broken));
  }

  sounds.add(sound);
  play.addEventListener("click", toggle);
  action("back").addEventListener("click", () => (sound.currentTime = Math.max(0, sound.currentTime - BACK)));
  choice.addEventListener("change", () => {
    speed = choice.value;
    sound.playbackRate = Number(speed);
  });
  for (const event of ["play", "pause", "ended", "timeupdate"]) sound.addEventListener(event, show);
  sound.controls = false;
  player.hidden = false;
}
