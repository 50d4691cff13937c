-- SPDX-License-Identifier: Apache-2.0
-- The first rows of each partition are gathered into one, of which the first are taken.
SELECT region, id * 2 AS twice FROM sales WHERE quantity > 3 ORDER BY price DESC, id LIMIT 12 OFFSET 2
