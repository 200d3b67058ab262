// Beside each time in UTC, the same moment in the reader's own zone; the day only where it differs.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const clock = new Intl.DateTimeFormat("en", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
});
const day = new Intl.DateTimeFormat("sv", { dateStyle: "short" });
for (const time of zone === "UTC" ? [] : document.querySelectorAll("time[datetime*='T']")) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  const local = document.createElement("span");
  local.className = "local";
  const date = day.format(at);
  local.textContent = ` (${time.dateTime.startsWith(date) ? "" : date + " "}${clock.format(at)})`;
  time.append(local);
}
