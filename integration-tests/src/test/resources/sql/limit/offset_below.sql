-- SPDX-License-Identifier: Apache-2.0
-- A limit of each partition, then one of all rows, which leaves out the first.
SELECT count(*) FROM (SELECT quantity FROM sales WHERE id >= 100 LIMIT 50 OFFSET 20)
