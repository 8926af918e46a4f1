#include "base/parallel.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace nakawari {

void parallel_for(Threads threads, std::size_t n, const std::function<void(std::size_t)>& body) {
  if (threads.count == 1 || n <= 1) {
    for (std::size_t i = 0; i < n; ++i) body(i);
    return;
  }
  const auto run = [&] { tbb::parallel_for(std::size_t{0}, n, body); };
  if (threads.count <= 0) {
    run();
  } else {
    tbb::task_arena arena(threads.count);
    arena.execute(run);
  }
}

}  // namespace nakawari
