-- SPDX-License-Identifier: Apache-2.0
-- A limit further down is a node of its own, which passes batches on.
SELECT sum(quantity) FROM (SELECT quantity FROM sales WHERE id >= 100 LIMIT 50)
