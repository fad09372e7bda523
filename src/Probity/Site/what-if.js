// Adds a slider to every number of the form and answers while one drags. Without this file the form asks by its button.
const form = document.getElementById("turn");
const table = document.getElementById("moves");
const fault = document.getElementById("fault");
const whole = new Intl.NumberFormat("en-GB");
let asking = false;
let again = false;

for (const field of form.querySelectorAll("input[type=number]")) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = field.dataset.least;
  slider.max = field.dataset.most;
  slider.step = field.step === "any" ? (slider.max - slider.min) / 200 : field.step;
  slider.value = field.value;
  slider.setAttribute("aria-label", form.querySelector(`label[for="${CSS.escape(field.id)}"]`).textContent.trim());
  field.after(slider);
  slider.addEventListener("input", () => { field.value = Number(Number(slider.value).toPrecision(6)); ask(); });
  field.addEventListener("input", () => { slider.value = field.value; ask(); });
}

// One question at a time; what was turned meanwhile is asked next, so that the last position is always answered.
async function ask() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    do {
      again = false;
      const asked = new URLSearchParams(new FormData(form));
      const answer = await fetch(`${form.dataset.answers}?${asked}`);
      const said = await answer.json();
      if (answer.ok) show(said.population, asked);
      else refuse(said.detail);
    } while (again);
  } catch {
    refuse("The register did not answer. Turn a number again to ask anew.");
  } finally {
    asking = false;
  }
}

// What was counted before is no answer to what is asked now.
function refuse(words) {
  fault.textContent = words;
  fault.hidden = false;
  document.getElementById("moved").hidden = true;
  document.getElementById("flows").replaceChildren();
  for (const row of table.tBodies[0].rows) {
    row.querySelectorAll("rect")[1].setAttribute("width", 0);
    row.cells[3].textContent = "–";
    row.cells[4].textContent = "–";
  }
}

function show(population, asked) {
  fault.hidden = true;
  document.getElementById("moved").hidden = false;
  document.querySelector("#moved strong").textContent = whole.format(population.moved);
  const outcomes = new Map(population.outcomes.map((one) => [one.code, one]));
  const names = new Map();
  for (const row of table.tBodies[0].rows) {
    const one = outcomes.get(row.dataset.code) ?? { before: 0, after: 0 };
    outcomes.delete(row.dataset.code);
    names.set(row.dataset.code, row.cells[0].textContent);
    fill(row, one, population.organisations);
  }
  for (const one of outcomes.values()) {
    const row = table.tBodies[0].rows[0].cloneNode(true);
    row.dataset.code = one.code;
    row.cells[0].textContent = one.code;
    table.tBodies[0].append(row);
    fill(row, one, population.organisations);
  }
  document.getElementById("flows").replaceChildren(...population.moves.filter((one) => one.from !== one.to).map((one) => {
    const row = document.createElement("tr");
    for (const text of [names.get(one.from) ?? one.from, names.get(one.to) ?? one.to, whole.format(one.count)]) {
      row.insertCell().textContent = text;
    }
    row.cells[2].className = "number";
    return row;
  }));
  history.replaceState(null, "", `?${asked}`);
}

function fill(row, one, organisations) {
  const [was, now] = row.querySelectorAll("rect");
  was.setAttribute("width", (100 * one.before) / Math.max(1, organisations));
  now.setAttribute("width", (100 * one.after) / Math.max(1, organisations));
  const change = one.after - one.before;
  [one.before, one.after].forEach((count, i) => { row.cells[2 + i].textContent = whole.format(count); });
  row.cells[4].textContent = (change > 0 ? "+" : change < 0 ? "−" : "") + whole.format(Math.abs(change));
}
