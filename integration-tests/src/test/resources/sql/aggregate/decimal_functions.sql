-- SPDX-License-Identifier: Apache-2.0
-- Sums of decimals are exact in 25 digits. Spark turns the average of a short decimal into one of
-- doubles with a cast at the end.
SELECT item, sum(price), avg(price), avg(cast(price AS decimal(7,2))) AS short
FROM sales
GROUP BY item
