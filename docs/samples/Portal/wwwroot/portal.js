// Follows the server-sent events of an application and writes one line per change.
const log = document.getElementById("log");
const bar = document.getElementById("bar");
const result = document.getElementById("result");
const events = new EventSource(log.dataset.events);

function show(line) {
  const item = log.children[line.position - 1] ?? log.appendChild(document.createElement("li"));
  item.textContent = line.text;
  item.className = line.stage;
  bar.value = (line.position - (line.stage === "starting" ? 1 : 0)) / line.total;
}

events.addEventListener("progress", event => show(JSON.parse(event.data)));

events.addEventListener("end", async event => {
  events.close();
  const line = JSON.parse(event.data);
  result.replaceChildren(line.text);
  if (line.remedy) {
    result.appendChild(document.createElement("p")).textContent = line.remedy;
  }
  result.className = line.stage;
  bar.value = line.stage === "done" ? 1 : bar.value;
  if (!document.getElementById("next")) {
    // The server now knows what is left for the consoles.
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const next = page.getElementById("next");
    if (next) {
      log.after(next);
    }
  }
});
