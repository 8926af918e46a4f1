#ifdef __linux__
#include <malloc.h>
#endif

#include "cli/cli.h"

int main(int count, char** words) {
// Defined by <malloc.h>: other C libraries have no such settings.
#ifdef M_MMAP_THRESHOLD
  // Whole pages of pixels come and go all the time: memory that was cleared once is kept, not given back to
  // the system and cleared again. A sixth of a build's processor time.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
  return nakawari::run_command_line(count, words);
}
