/// \file
/// Parallel loops that give the same result on any number of threads: every index writes only its
/// own output, and nothing is reduced across indices in an order that depends on scheduling.
#pragma once

#include <cstddef>
#include <functional>

namespace nakawari {

/// How many threads may work; 0 means all that the machine has.
struct Threads {
  int count = 0;
};

/// Calls `body(i)` for every i in [0, n). Blocks until all are done. An exception from a body is
/// rethrown after the loop. With `threads.count == 1` runs in order on the calling thread.
void parallel_for(Threads threads, std::size_t n, const std::function<void(std::size_t)>& body);

}  // namespace nakawari
