// A GraphQL server written by hand for Node: Fastify and Mercurius with its just-in-time compiler,
// batched loaders, and prepared statements through one pool.
const { Pool, types } = require("pg");
const app = require("fastify")({ logger: false });

const BIGINT = 20;
types.setTypeParser(BIGINT, Number);
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const schema = `
  scalar JSON
  scalar DateTime
  type Source { id: Int! name: String! }
  type Identifier { kind: String! value: String! }
  type Trait { name: String! value: JSON! observedAt: DateTime! source: Source }
  type Tag { id: Int! name: String! category: String }
  type CustomerTag { tag: Tag! }
  type Account {
    id: Int! key: String name: String! domain: String createdAt: DateTime! traits: [Trait!]!
  }
  type Touchpoint {
    id: Int! type: String! name: String! summary: String! occurredAt: DateTime! properties: JSON!
    source: Source subject: Customer!
  }
  type Customer {
    id: Int! displayName: String! isIdentified: Boolean! firstSeenAt: DateTime!
    lastSeenAt: DateTime! createdAt: DateTime! identifiers: [Identifier!]! traits: [Trait!]!
    tags: [CustomerTag!]! account: Account timeline(first: Int!): [Touchpoint!]!
  }
  type Query {
    customer(id: Int!): Customer
    taggedCustomers(tag: Int!, least: Int!, first: Int!): [Customer!]!
    customersByName(first: Int!): [Customer!]!
    accounts(afterName: String!, afterId: Int!, first: Int!): [Account!]!
    touchpoints(before: Float!, beforeId: Int!, first: Int!): [Touchpoint!]!
  }
  type Mutation { addTag(customer: Int!, tag: Int!): Customer! }
`;

const CUSTOMER = "c.id, c.display_name, c.is_identified, c.first_seen_at, c.last_seen_at, c.created_at, c.account_id";
const TOUCHPOINT = "e.id, e.customer_id, e.source_id, e.type, e.name, e.summary, e.occurred_at, e.properties";
const TRAIT = "t.name, t.value, t.observed_at, t.source_id";
const ACCOUNT = "a.id, a.key, a.name, a.domain, a.created_at";

const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;
const iso = (moment) => new Date(moment).toISOString();

const resolvers = {
  Query: {
    customer: async (_, { id }) =>
      (await rows("customer", `SELECT ${CUSTOMER} FROM customer c WHERE c.id = $1`, [id]))[0] ?? null,
    taggedCustomers: (_, { tag, least, first }) =>
      rows(
        "tagged",
        `SELECT ${CUSTOMER} FROM tag_rank h JOIN customer c ON c.id = h.customer_id
         WHERE h.list_id = 1 AND h.tag_id = $1 AND h.rank >= $2 AND c.merged_into_id IS NULL
         ORDER BY h.rank DESC, h.customer_id DESC LIMIT $3`,
        [tag, least, first],
      ),
    customersByName: (_, { first }) =>
      rows(
        "by name",
        `SELECT ${CUSTOMER} FROM customer c WHERE c.merged_into_id IS NULL
         ORDER BY c.display_name, c.id LIMIT $1`,
        [first],
      ),
    accounts: (_, { afterName, afterId, first }) =>
      rows(
        "accounts",
        `SELECT ${ACCOUNT} FROM account a WHERE a.part_of_id IS NULL AND (a.name, a.id) > ($1, $2)
         ORDER BY a.name, a.id LIMIT $3`,
        [afterName, afterId, first],
      ),
    touchpoints: (_, { before, beforeId, first }) =>
      rows(
        "feed",
        `SELECT ${TOUCHPOINT} FROM touchpoint e WHERE (e.occurred_at, e.id) < ($1, $2)
         ORDER BY e.occurred_at DESC, e.id DESC LIMIT $3`,
        [before, beforeId, first],
      ),
  },
  Mutation: {
    addTag: async (_, { customer, tag }) => {
      await rows(
        "add tag",
        `INSERT INTO customer_tag (customer_id, tag_id, state, is_on, set_at, actor_name)
         VALUES ($1, $2, 'MANUAL', true, $3, 'bench')`,
        [customer, tag, Date.now()],
      );
      return { id: customer };
    },
  },
  Customer: {
    displayName: (it) => it.display_name,
    isIdentified: (it) => it.is_identified,
    firstSeenAt: (it) => iso(it.first_seen_at),
    lastSeenAt: (it) => iso(it.last_seen_at),
    createdAt: (it) => iso(it.created_at),
  },
  Account: { createdAt: (it) => iso(it.created_at) },
  Trait: { observedAt: (it) => iso(it.observed_at) },
  Touchpoint: { occurredAt: (it) => iso(it.occurred_at) },
};

const unique = (keys) => [...new Set(keys.filter((key) => key != null))];

const many = async (keys, column, name, text, more = []) => {
  const found = new Map(keys.map((key) => [key, []]));
  for (const row of await rows(name, text, [unique(keys), ...more])) found.get(row[column]).push(row);
  return keys.map((key) => found.get(key));
};

const one = async (keys, name, text) => {
  const wanted = unique(keys);
  const found = wanted.length ? await rows(name, text, [wanted]) : [];
  const byId = new Map(found.map((row) => [row.id, row]));
  return keys.map((key) => byId.get(key) ?? null);
};

const ids = (asked) => asked.map(({ obj }) => obj.id);
const sources = (asked) =>
  one(asked.map(({ obj }) => obj.source_id), "sources", "SELECT id, name FROM source WHERE id = ANY($1)");

const loaders = {
  Customer: {
    identifiers: (asked) =>
      many(
        ids(asked),
        "customer_id",
        "identifiers",
        "SELECT customer_id, kind, value FROM identifier WHERE customer_id = ANY($1) ORDER BY kind, value",
      ),
    traits: (asked) =>
      many(
        ids(asked),
        "customer_id",
        "traits",
        `SELECT t.customer_id, ${TRAIT} FROM trait t WHERE t.customer_id = ANY($1) ORDER BY t.name`,
      ),
    tags: async (asked) => {
      const found = await many(
        ids(asked),
        "customer_id",
        "tags",
        `SELECT h.customer_id, g.id, g.name, g.category FROM customer_tag h JOIN tag g ON g.id = h.tag_id
         WHERE h.customer_id = ANY($1) ORDER BY h.set_at, h.id`,
      );
      return found.map((tags) => tags.map((tag) => ({ tag })));
    },
    account: (asked) =>
      one(
        asked.map(({ obj }) => obj.account_id),
        "accounts of",
        `SELECT ${ACCOUNT} FROM account a WHERE a.id = ANY($1)`,
      ),
    timeline: (asked) =>
      many(
        ids(asked),
        "customer_id",
        "timelines",
        `SELECT e.* FROM unnest($1::bigint[]) AS k, LATERAL (SELECT ${TOUCHPOINT} FROM touchpoint e
         WHERE e.customer_id = k ORDER BY e.occurred_at DESC, e.id DESC LIMIT $2) e`,
        [asked[0].params.first],
      ),
  },
  Account: {
    traits: (asked) =>
      many(
        ids(asked),
        "account_id",
        "account traits",
        `SELECT t.account_id, ${TRAIT} FROM account_trait t WHERE t.account_id = ANY($1) ORDER BY t.name`,
      ),
  },
  Trait: { source: sources },
  Touchpoint: {
    source: sources,
    subject: (asked) =>
      one(
        asked.map(({ obj }) => obj.customer_id),
        "subjects",
        `SELECT ${CUSTOMER} FROM customer c WHERE c.id = ANY($1)`,
      ),
  },
};

app.register(require("mercurius"), { schema, resolvers, loaders, jit: 1, graphiql: false });
app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
