-- SPDX-License-Identifier: Apache-2.0
-- A filter and a projection over it are one chain, and one dispatch a batch.
SELECT id, quantity * price AS total, sold >= DATE '2026-06-01' AS recent
FROM sales
WHERE quantity > 2 AND region <> 'east'
