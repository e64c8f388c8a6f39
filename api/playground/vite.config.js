// How the playground is bundled: a page and its assets under /playground/, each with a compressed twin.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

import { defineConfig } from "vite";

/** Empties the folder but for its .gitignore, which keeps it in the repository for Cargo to watch. */
const clean = {
  name: "clean",
  buildStart() {
    mkdirSync("dist", { recursive: true });
    for (const file of readdirSync("dist")) {
      if (file !== ".gitignore") rmSync(join("dist", file), { recursive: true });
    }
  },
};

/** Writes FILE.br beside every FILE that it makes smaller, once here and not on every request. */
const brotli = {
  name: "brotli",
  closeBundle() {
    for (const file of readdirSync("dist").filter((name) => !name.startsWith("."))) {
      const plain = readFileSync(join("dist", file));
      const packed = brotliCompressSync(plain, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
      });
      if (packed.length < plain.length * 0.95) writeFileSync(join("dist", `${file}.br`), packed);
    }
  },
};

export default defineConfig({
  // api/src/http/playground.rs serves the files under this path, and knows no folders.
  base: "/playground/",
  plugins: [clean, brotli],
  build: {
    assetsDir: "",
    emptyOutDir: false,
    target: "es2022",
    // The bundled libraries ask for their notices to go where their code goes.
    license: { fileName: "licenses.md" },
    // The editor is one library of 2.8 MB; splitting it further would only add requests.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      // GraphiQL names its icons, for screen readers, after the functions that draw them.
      output: { keepNames: true },
      // Libraries mark server-component boundaries with a directive that means nothing in a browser bundle.
      checks: { moduleLevelDirective: false },
    },
  },
  worker: { format: "es" },
});
