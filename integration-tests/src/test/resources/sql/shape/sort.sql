-- SPDX-License-Identifier: Apache-2.0
-- A sort of all rows, above an exchange by ranges of the keys.
SELECT id, price * 2 AS twice FROM sales WHERE id < 50 ORDER BY price DESC, id
