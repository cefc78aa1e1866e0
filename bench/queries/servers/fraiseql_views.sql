-- The views that FraiseQL reads, as its manual builds them: one row of JSON for each object.
CREATE SCHEMA IF NOT EXISTS fraiseql;

CREATE OR REPLACE VIEW fraiseql.v_customer AS SELECT c.id, jsonb_build_object(
  'id', c.id, 'display_name', c.display_name, 'is_identified', c.is_identified,
  'first_seen_at', to_timestamp(c.first_seen_at / 1000.0::float8),
  'last_seen_at', to_timestamp(c.last_seen_at / 1000.0::float8),
  'created_at', to_timestamp(c.created_at / 1000.0::float8),
  'identifiers', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value)
      ORDER BY i.kind, i.value), '[]') FROM identifier i WHERE i.customer_id = c.id),
  'traits', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'value', t.value,
      'observed_at', to_timestamp(t.observed_at / 1000.0::float8)) ORDER BY t.name), '[]')
    FROM trait t WHERE t.customer_id = c.id),
  'tags', (SELECT coalesce(jsonb_agg(jsonb_build_object('tag', jsonb_build_object(
      'id', g.id, 'name', g.name, 'category', g.category)) ORDER BY h.set_at, h.id), '[]')
    FROM customer_tag h JOIN tag g ON g.id = h.tag_id WHERE h.customer_id = c.id),
  'scores', (SELECT coalesce(jsonb_agg(jsonb_build_object('value', s.steady / 1000000::float8,
      'model', jsonb_build_object('id', m.id, 'name', m.name)) ORDER BY m.id), '[]')
    FROM customer_score s JOIN scoring_model m ON m.build_id = s.build_id
    WHERE s.customer_id = c.id),
  'account', (SELECT jsonb_build_object('id', a.id, 'name', a.name, 'domain', a.domain)
    FROM account a WHERE a.id = c.account_id),
  'timeline', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'type', e.type,
      'name', e.name, 'summary', e.summary,
      'occurred_at', to_timestamp(e.occurred_at / 1000.0::float8), 'properties', e.properties,
      'source', (SELECT jsonb_build_object('name', s.name) FROM source s WHERE s.id = e.source_id),
      'content_asset', (SELECT jsonb_build_object('id', a.id, 'title', a.title)
        FROM content_asset a WHERE a.id = e.asset_id))
      ORDER BY e.occurred_at DESC, e.id DESC), '[]')
    FROM (SELECT * FROM touchpoint e WHERE e.customer_id = c.id
      ORDER BY e.occurred_at DESC, e.id DESC LIMIT 20) e)
) AS data FROM customer c;

CREATE OR REPLACE VIEW fraiseql.v_item AS SELECT i.id, i.rank, jsonb_build_object(
  'id', i.id, 'title', i.title, 'kind', i.kind, 'state', i.state, 'effort', i.effort,
  'urgency', i.urgency, 'created_at', to_timestamp(i.created_at / 1000.0::float8),
  'content_assets', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'title', a.title,
      'status', a.status) ORDER BY k.place), '[]')
    FROM json_array_elements_text(i.asset_ids) WITH ORDINALITY k(key, place)
    JOIN content_asset a ON a.id = k.key::bigint)
) AS data FROM backlog_item i WHERE i.backlog_id = 1 AND i.state IN ('BACKLOG', 'READY');
