async (script, wasm) => {
  const client = await import(script);
  await client.default({ module_or_path: wasm });
  client.hydrate();
  for (const island of document.querySelectorAll('leptos-island')) {
    client[island.dataset.component](island);
  }
}
