/** The page's colours by their custom properties, such as `--cool`, whatever its scheme is: a canvas does not inherit them. */
export function pageColours(element: HTMLElement, names: readonly string[]): ReadonlyMap<string, string> {
  const probes = document.createElement('span');
  probes.hidden = true;
  for (const name of names) {
    const probe = document.createElement('i');
    probe.style.color = `var(${name})`;
    probes.append(probe);
  }
  // All at once: each change of the document in between would have its styles computed anew.
  element.append(probes);
  const colours = [...probes.children].map((probe) => getComputedStyle(probe).color);
  probes.remove();
  return new Map(names.map((name, index) => [name, colours[index]!]));
}
