-- SPDX-License-Identifier: Apache-2.0
-- Branches, null tests, lists and Spark's null-safe equality.
SELECT
  id,
  CASE WHEN quantity > 5 THEN 'many' WHEN weight IS NULL THEN region ELSE 'few' END AS label,
  coalesce(weight, 0.0) AS weight,
  if(region <=> null, -id, abs(id)) AS signed
FROM sales
WHERE quantity IN (1, 3, 5) OR region IS NULL
