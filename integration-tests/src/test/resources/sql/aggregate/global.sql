-- SPDX-License-Identifier: Apache-2.0
-- No keys: one row, one group.
SELECT count(*), count(region), sum(quantity), avg(weight), min(sold), max(price) FROM sales
