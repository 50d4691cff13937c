-- SPDX-License-Identifier: Apache-2.0
-- A condition on a group is a filter above the final half.
SELECT item, sum(price) AS total FROM sales GROUP BY item HAVING sum(price) > 1000
