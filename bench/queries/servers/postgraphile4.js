// PostGraphile 4 as its users run it in production, with the inflector and the filters.
const { createServer } = require("node:http");
const { postgraphile } = require("postgraphile");

const handler = postgraphile(process.env.DATABASE_URL, "public", {
  appendPlugins: [
    require("@graphile-contrib/pg-simplify-inflector"),
    require("postgraphile-plugin-connection-filter"),
  ],
  disableQueryLog: true,
  dynamicJson: true,
  graphiql: false,
  graphileBuildOptions: { connectionFilterRelations: true, pgOmitListSuffix: false },
  ignoreRBAC: false,
  legacyRelations: "omit",
  pgPoolOptions: { max: 10 },
  setofFunctionsContainNulls: false,
  simpleCollections: "both",
  watchPg: false,
});

createServer(handler).listen(Number(process.env.PORT), "127.0.0.1");
