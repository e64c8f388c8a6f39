// Audits the GraphQL endpoint that is named: node audit.js URL. Prints one JSON array of { id, name, status, reason }.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
const report = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify(report));
