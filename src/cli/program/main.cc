#include "cli/cli.h"

int main(int count, char** words) {
  return nakawari::run_command_line(count, words);
}
