#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times what torch and cupy take for the workloads of `bin/kronos bench arrow` and prints JSON for its --peers.

    python3 arrow_peers.py [--keys 67108864] [--size 1073741824] [--rows 100000000] [--side 8192] [--repeats 20]
        [--families sorts,sums,...] > peers.json

Times are medians on the device (CUDA events), in nanoseconds, over random data; each operation's first result is
checked. Before its samples the device is kept busy with it for 300 ms, as the benchmark does: one that idled, or idles
between short operations, lowers its clocks. A library that is not installed is left out, and so is a family of
operations that fails.
"""
import argparse
import json
import statistics
import sys
import time
import traceback

WARM_UP_SECONDS = 0.3
GROUPS = {"10": 10, "10^4": 10**4, "10^7": 10**7}


def keep_busy(submit):
    """Warms the device up. `submit` starts an operation and returns its end, which is awaited behind the next one."""
    start = time.monotonic()
    running = submit()
    while time.monotonic() - start < WARM_UP_SECONDS:
        following = submit()
        running.synchronize()
        running = following
    running.synchronize()


class Torch:
    """Gives the rows of torch, a family at a time."""

    def __init__(self, options):
        import torch

        self.torch = torch
        self.options = options

    def row(self, title, name, elements, operation):
        torch = self.torch

        def submit():
            operation()
            end = torch.cuda.Event()
            end.record()
            return end

        keep_busy(submit)
        times = []
        for _ in range(self.options.repeats):
            start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            start.record()
            operation()
            end.record()
            end.synchronize()
            times.append(start.elapsed_time(end) * 1e6)
        return {"title": title, "operation": name, "elements": elements, "nanos": statistics.median(times)}

    def integers(self, count, dtype):
        info = self.torch.iinfo(dtype)
        return self.torch.randint(info.min, info.max, (count,), dtype=dtype, device="cuda")

    def longs(self):
        return self.integers(self.options.size // 8, self.torch.int64)

    def floats(self):
        return self.torch.rand(self.options.size // 4, device="cuda") * 2 - 1

    def release(self):
        self.torch.cuda.empty_cache()

    def sorts(self):
        torch = self.torch
        for dtype, width in ((torch.int32, 32), (torch.int64, 64)):
            keys = self.integers(self.options.keys, dtype)
            found, rows = torch.sort(keys, stable=True)
            assert bool((found[1:] >= found[:-1]).all()) and bool((keys[rows] == found).all())
            del found, rows
            title, count = f"sort int{width} with rows", keys.numel()
            yield self.row(title, "torch.sort, stable", count, lambda: torch.sort(keys, stable=True))
            yield self.row(title, "torch.sort", count, lambda: torch.sort(keys))

    def sums(self):
        torch = self.torch
        for name, values in (("int64", self.longs()), ("float32", self.floats())):
            found = self.row(f"sum {name}", "torch.sum", values.numel(), lambda: torch.sum(values))
            yield found
            yield {**found, "title": f"sum {name} by the operator"}

    def extremes(self):
        torch = self.torch
        for name, values in (("int64", self.longs()), ("float32", self.floats())):
            least, greatest = torch.min(values), torch.max(values)
            assert bool(((values >= least) & (values <= greatest)).all())
            yield self.row(f"min {name}", "torch.min", values.numel(), lambda: torch.min(values))
            yield self.row(f"max {name}", "torch.max", values.numel(), lambda: torch.max(values))

    def scans(self):
        torch = self.torch
        longs = self.longs()
        yield self.row("scan int64", "torch.cumsum", longs.numel(), lambda: torch.cumsum(longs, 0))
        del longs
        ints = self.integers(self.options.size // 4, torch.int32)
        yield self.row(
            "scan int32", "torch.cumsum, int32", ints.numel(), lambda: torch.cumsum(ints, 0, dtype=torch.int32))
        del ints
        floats = self.floats()
        yield self.row("scan float32", "torch.cumsum", floats.numel(), lambda: torch.cumsum(floats, 0))

    def copies(self):
        longs = self.longs()
        target = self.torch.empty_like(longs)
        yield self.row("copy int64", "torch.Tensor.copy_", longs.numel(), lambda: target.copy_(longs))
        assert bool((target == longs).all())

    def filters(self):
        torch = self.torch
        longs, count = self.longs(), self.options.size // 8
        mask = torch.rand(count, device="cuda") < 0.5
        found = torch.masked_select(longs, mask)
        assert bool((found == longs[mask.nonzero().squeeze(1)]).all())
        del found
        title = "filter int64 by a mask"
        yield self.row(title, "torch.masked_select", count, lambda: torch.masked_select(longs, mask))
        yield self.row(title, "torch, x[mask]", count, lambda: longs[mask])
        del mask
        assert bool((torch.masked_select(longs, longs >= 0) >= 0).all())
        yield self.row(
            "filter int64 by a comparison",
            "torch.masked_select(x, x >= 0)",
            count,
            lambda: torch.masked_select(longs, longs >= 0))

    def groups(self):
        torch, rows = self.torch, self.options.rows
        values = self.integers(rows, torch.int64)
        for name, groups in GROUPS.items():
            table = self.integers(groups, torch.int64)
            dense = torch.randint(groups, (rows,), device="cuda")
            keys = table[dense]
            present, places = torch.unique(dense, return_inverse=True)
            sums = torch.zeros_like(present).scatter_add_(0, places, values)
            order = torch.argsort(table[present])
            expected = table[present][order], sums[order]
            del dense, present, places, sums, order, table
            for operation, name_of_it in (
                    (self.sums_by_unique, "torch.unique, scatter_add_"),
                    (self.sums_by_sort, "torch.sort, unique_consecutive, cumsum")):
                found = operation(keys, values)
                assert all(bool((a == b).all()) for a, b in zip(found, expected))
                del found
                yield self.row(
                    f"sum int64 of {name} groups", name_of_it, rows, lambda: operation(keys, values))
            del keys, expected
            self.release()

    def sums_by_unique(self, keys, values):
        present, places = self.torch.unique(keys, return_inverse=True)
        return present, self.torch.zeros_like(present).scatter_add_(0, places, values)

    def sums_by_sort(self, keys, values):
        """Differences of running sums at the ends of groups; what wraps around does so in both."""
        torch = self.torch
        ordered, rows = torch.sort(keys)
        present, counts = torch.unique_consecutive(ordered, return_counts=True)
        running = torch.cumsum(values[rows], 0)[torch.cumsum(counts, 0) - 1]
        return present, torch.diff(running, prepend=running.new_zeros(1))

    def joins(self):
        torch, rows = self.torch, self.options.rows
        build = torch.unique(self.integers(max(1, rows // 10), torch.int64))
        build = build[torch.randperm(build.numel(), device="cuda")]
        matches = torch.randint(build.numel(), (rows,), device="cuda")
        probe = build[matches]
        left, right = torch.arange(rows, device="cuda"), torch.arange(build.numel(), device="cuda")
        for operation, name in (
                (self.join_all, "torch.sort, searchsorted, gather; every row known to match"),
                (self.join, "torch.sort, searchsorted, gather of the rows that match")):
            found = operation(build, right, probe, left)
            assert bool((found[0] == left).all()) and bool((found[1] == matches).all())
            del found
            yield self.row("join int64", name, rows, lambda: operation(build, right, probe, left))

    def join_all(self, build, right, probe, left):
        ordered, rows = self.torch.sort(build)
        return left, right[rows[self.torch.searchsorted(ordered, probe)]]

    def join(self, build, right, probe, left):
        torch = self.torch
        ordered, rows = torch.sort(build)
        places = torch.searchsorted(ordered, probe).clamp_(max=build.numel() - 1)
        hits = ordered[places] == probe
        return left[hits], right[rows[places[hits]]]

    def products(self):
        torch, side = self.torch, self.options.side
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
        torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False
        for dtype in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
            left, right = ((torch.rand(side, side, device="cuda", dtype=torch.float64) * 2 - 1).to(dtype)
                           for _ in range(2))
            product = (left @ right).double() @ torch.ones(side, device="cuda", dtype=torch.float64)
            expected = left.double() @ right.double().sum(1)
            assert bool(((product - expected).abs() <= side).all())
            title = f"gemm {str(dtype).split('.')[1]}"
            yield self.row(title, "torch.matmul", left.numel(), lambda: torch.matmul(left, right))
            del left, right


class Cupy:
    """Gives the rows of cupy, a family at a time; what it has no faster way for than torch is left out."""

    def __init__(self, options):
        import cupy

        self.cupy = cupy
        self.options = options

    def row(self, title, name, elements, prepare, operation):
        cupy = self.cupy

        def submit():
            operation(prepare())
            end = cupy.cuda.Event()
            end.record()
            return end

        keep_busy(submit)
        times = []
        for _ in range(self.options.repeats):
            argument = prepare()
            start, end = cupy.cuda.Event(), cupy.cuda.Event()
            start.record()
            operation(argument)
            end.record()
            end.synchronize()
            times.append(cupy.cuda.get_elapsed_time(start, end) * 1e6)
        return {"title": title, "operation": name, "elements": int(elements), "nanos": statistics.median(times)}

    def reading(self, title, name, values, operation):
        """Gives the row of an operation that leaves its operand as it is."""
        return self.row(title, name, values.size, lambda: values, operation)

    def integers(self, count, dtype):
        info = self.cupy.iinfo(dtype)
        return self.cupy.random.default_rng(1).integers(info.min, info.max, size=count, dtype=dtype)

    def longs(self):
        return self.integers(self.options.size // 8, self.cupy.int64)

    def floats(self):
        return self.cupy.random.random(self.options.size // 4, dtype=self.cupy.float32) * 2 - 1

    def release(self):
        self.cupy.get_default_memory_pool().free_all_blocks()

    def sorts(self):
        cupy = self.cupy
        for dtype, width in ((cupy.int32, 32), (cupy.int64, 64)):
            keys = self.integers(self.options.keys, dtype)
            found = keys.copy()
            found.sort()
            assert bool((found[1:] >= found[:-1]).all())
            del found
            # ndarray.sort works in place, so each run gets a copy that was made before the clock starts.
            yield self.row(f"sort int{width}", "cupy.ndarray.sort", keys.size, keys.copy, lambda copy: copy.sort())
            yield self.reading(f"sort int{width} with rows", "cupy.argsort", keys, cupy.argsort)

    def sums(self):
        for name, values in (("int64", self.longs()), ("float32", self.floats())):
            found = self.reading(f"sum {name}", "cupy.sum", values, self.cupy.sum)
            yield found
            yield {**found, "title": f"sum {name} by the operator"}

    def extremes(self):
        for name, values in (("int64", self.longs()), ("float32", self.floats())):
            least, greatest = values.min(), values.max()
            assert bool(((values >= least) & (values <= greatest)).all())
            yield self.reading(f"min {name}", "cupy.min", values, self.cupy.min)
            yield self.reading(f"max {name}", "cupy.max", values, self.cupy.max)

    def scans(self):
        for name, values in (("int64", self.longs()), ("float32", self.floats())):
            yield self.reading(f"scan {name}", "cupy.cumsum", values, self.cupy.cumsum)

    def filters(self):
        longs = self.longs()
        mask = self.cupy.random.random(longs.size, dtype=self.cupy.float32) < 0.5
        assert bool((longs[mask] == longs[mask.nonzero()[0]]).all())
        yield self.reading("filter int64 by a mask", "cupy, x[mask]", longs, lambda x: x[mask])

    def groups(self):
        cupy, rows = self.cupy, self.options.rows
        values = self.integers(rows, cupy.int64).view(cupy.uint64)
        for name, groups in GROUPS.items():
            dense = cupy.random.randint(0, groups, rows)
            table = self.integers(groups, cupy.int64)
            keys = table[dense]
            expected = cupy.zeros(groups, cupy.uint64)
            cupy.add.at(expected, dense, values)
            present = cupy.bincount(dense, minlength=groups) > 0
            order = cupy.argsort(table[present])
            found = self.sums_of_groups(keys, values)
            assert bool((found[0] == table[present][order]).all())
            assert bool((found[1] == expected[present][order]).all())
            del dense, table, expected, present, order, found
            yield self.reading(
                f"sum int64 of {name} groups",
                "cupy.unique, add.at",
                keys,
                lambda operand: self.sums_of_groups(operand, values))
            del keys
            self.release()

    def sums_of_groups(self, keys, values):
        """Sums are of unsigned numbers, which are those that atomic additions are for."""
        present, places = self.cupy.unique(keys, return_inverse=True)
        sums = self.cupy.zeros(present.size, self.cupy.uint64)
        self.cupy.add.at(sums, places, values)
        return present, sums


FAMILIES = ("sorts", "sums", "extremes", "scans", "copies", "filters", "groups", "joins", "products")


def measured(library, family):
    """Returns the rows of a family, which may fail at any of them."""
    rows = []
    try:
        for found in getattr(library, family)():
            print(f"{found['title']}: {found['operation']} {found['nanos'] / 1e3:.1f} us", file=sys.stderr)
            rows.append(found)
    except Exception:
        traceback.print_exc()
        print(f"left out: family={family}", file=sys.stderr)
    library.release()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=1 << 26)
    parser.add_argument("--size", type=int, default=1 << 30)
    parser.add_argument("--rows", type=int, default=10**8)
    parser.add_argument("--side", type=int, default=8192)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--libraries", default="torch,cupy")
    options = parser.parse_args()
    rows, libraries, device = [], [], "unknown"
    for name, kind in (("torch", Torch), ("cupy", Cupy)):
        if name not in options.libraries.split(","):
            continue
        try:
            version = __import__(name).__version__
        except ImportError:
            print(f"not installed: library={name}", file=sys.stderr)
            continue
        libraries.append(f"{name} {version}")
        library = kind(options)
        if name == "torch":
            device = library.torch.cuda.get_device_name()
        for family in options.families.split(","):
            if hasattr(library, family):
                rows += measured(library, family)
    json.dump({"device": device, "libraries": libraries, "rows": rows}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
