-- What users of PostGraphile add to their tables: fields that are computed by functions.
DO $$ BEGIN
  CREATE TYPE asset_sums AS (reads bigint, conversions bigint);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

CREATE OR REPLACE FUNCTION content_asset_summed(asset content_asset, from_day int, to_day int)
  RETURNS asset_sums LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(d.reads), 0)::bigint, coalesce(sum(d.conversions), 0)::bigint
    FROM asset_day d WHERE d.asset_id = asset.id AND d.day BETWEEN from_day AND to_day
$$;

CREATE OR REPLACE FUNCTION backlog_item_assets(item backlog_item)
  RETURNS SETOF content_asset LANGUAGE sql STABLE AS $$
    SELECT a.* FROM json_array_elements_text(item.asset_ids) WITH ORDINALITY k(key, place)
    JOIN content_asset a ON a.id = k.key::bigint ORDER BY k.place
$$;
