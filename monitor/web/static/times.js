// Beside each time in UTC, the same time in the reader's own zone.
for (const time of document.querySelectorAll("time[datetime*='T']")) {
  const at = new Date(time.dateTime);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (Number.isNaN(at.getTime()) || zone === "UTC") continue;
  const local = document.createElement("span");
  local.className = "local";
  local.textContent = " (" + new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium", timeStyle: "short",
  }).format(at) + " your time)";
  time.append(local);
}
