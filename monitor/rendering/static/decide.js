// The form of a case: sends the decision with the admin token. Without script the command stays.
const form = document.querySelector("form.decide");
const said = form.querySelector("[role=alert]");
const value = (name) => form.querySelector(`#decide-${name}`).value.trim();
form.hidden = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "";
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: {
        "Authorization": `Bearer ${value("token")}`, "Content-Type": "application/json",
      },
      body: JSON.stringify({
        decision: event.submitter.value, by: value("by"), note: value("note") || null,
      }),
    });
    if (answer.ok) {
      location.reload();
      return;
    }
    const problem = await answer.json().catch(() => ({}));
    said.textContent = `${said.dataset.refused} ${problem.detail || `HTTP ${answer.status}`}`;
  } catch {
    said.textContent = said.dataset.silent;
  }
  for (const button of buttons) button.disabled = false;
});
