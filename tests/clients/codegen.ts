// What graphql-codegen makes of the committed schema and the example queries: a typed document for each.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../api/schema.graphql",
  documents: "../../queries/*.graphql",
  generates: {
    "generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        // A scalar that is not named here stops it.
        strictScalars: true,
        scalars: { Date: "string", DateTime: "string", JSON: "unknown" },
        useTypeImports: true,
      },
    },
  },
};

export default config;
