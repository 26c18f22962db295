// What stands in the way of a newer page, and what was found that belongs to no card.

function drawProblems() {
  const errors = data.errors ?? [];
  const told = [];
  if (errors.length) {
    told.push(
      make(
        "section",
        { class: "problems", role: "alert", "aria-label": "Errors" },
        make("h2", {}, `${several(errors.length, "error")}: what you see below is from before`),
        ...errors.map(finding),
      ),
    );
  }
  byId("problems").replaceChildren(...told);
  const rest = data.findings ?? [];
  if (rest.length && state.view === "overview") {
    byId("view-overview").append(make("details", { class: "rest" }, make("summary", {}, `${several(rest.length, "finding")} outside cards`), ...rest.map(finding)));
  }
}
