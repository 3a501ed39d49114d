// Lays out the graph that comes in with elkjs, from the folder that is named, and writes its size and the points of each line.
const path = require("path");
const ELK = require(path.join(process.argv[2], "node_modules", "elkjs"));
const graph = JSON.parse(require("fs").readFileSync(0, "utf8"));
new ELK().layout(graph).then((root) => {
  const lines = root.edges.flatMap((edge) => edge.sections ?? []);
  const points = (section) => [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  console.log(`graph ${root.width} ${root.height}`);
  for (const line of lines) {
    console.log(`line ${points(line).map((point) => `${point.x} ${point.y}`).join(" ")}`);
  }
});
