// Starts GraphiQL when the network brought it, and says so when it did not.
if (globalThis.React && globalThis.ReactDOM && globalThis.GraphiQL) {
  const { React, ReactDOM, GraphiQL } = globalThis;
  document.getElementById("meanwhile").textContent = "Meanwhile this is GraphiQL from the internet.";
  const fetcher = GraphiQL.createFetcher({ url: window.location.pathname });
  ReactDOM.createRoot(document.getElementById("playground")).render(React.createElement(GraphiQL, { fetcher }));
} else {
  document.getElementById("meanwhile").textContent =
    "GraphiQL could not be loaded from the internet either; the API itself works at this address: send it a POST request.";
}
