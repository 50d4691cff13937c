-- SPDX-License-Identifier: Apache-2.0
-- A filter on ranks: rows are kept before the exchange, and behind it again, and then ranked.
SELECT id, region, place FROM (
  SELECT id, region, rank() OVER (PARTITION BY region ORDER BY price DESC) AS place FROM sales) WHERE place <= 2
