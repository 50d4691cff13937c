-- SPDX-License-Identifier: Apache-2.0
-- Keys that are expressions; fused with the filter below.
SELECT id, region FROM sales WHERE id % 7 = 0 ORDER BY region DESC NULLS LAST, id % 5, id
