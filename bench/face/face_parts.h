/// \file
/// The table of faces: each case is a part of a face as the artist drew it, beside what each method made.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/face/face_measure.h"
#include "face/face.h"
#include "image/grid.h"

namespace nakawari::bench {

/// Sums over the cases of one part and one method.
struct Cell {
  double pcd = 0, pos = 0, shape = 0, epe = 0, sbi = 0, most_sbi = 0;
  int cases = 0, sbi_cases = 0;
  std::vector<double> all_pcd;
};

/// method -> part -> sums. Methods: ours, straight, hold. A part's name with a star holds the cases in which
/// the program asked for a drawing; the same methods stand beside each other there too.
using FaceTable = std::map<std::string, std::map<std::string, Cell>>;

/// What one method drew of the part, and the artist's drawing where that method is to be compared with it.
struct FaceMade {
  std::string method;
  PartLines truth, lines;
  double sbi = -1;  ///< difference in white below the iris; negative: not measured
};
struct FaceCase {
  std::string part;
  double height = 1;  ///< of the face, px
  std::vector<double> range;
  std::vector<FaceMade> made;
};
void add_case(FaceTable& table, const FaceCase& one);

/// Sums of `more` onto `table`.
void add_table(FaceTable& table, const FaceTable& more);

std::string table_text(const FaceTable& table);

/// How far each number goes over all rows.
std::vector<double> travel(const std::vector<std::vector<double>>& all);

/// Fewer pixels of line than this are nothing to compare.
inline constexpr int kFewPixels = 25;

struct Box {
  int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1;
  void add(int x, int y) {
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
  }
  [[nodiscard]] bool empty() const { return right < left; }
};

template <typename T>
Grid<T> cropped(const Grid<T>& from, const Box& box) {
  Grid<T> result(box.right - box.left + 1, box.bottom - box.top + 1);
  for (int y = 0; y < result.height; ++y)
    for (int x = 0; x < result.width; ++x) result(x, y) = from(box.left + x, box.top + y);
  return result;
}

/// In-betweens inside a sequence with labels, at one gap, where the expression changes and the middle frame
/// lies on the straight way between the outer ones' weights.
/// cases: takes one line for each case, or null.
Result<FaceTable> sequence_table(const std::string& folder, int gap, int stride, const std::string& dump,
                                 std::string* cases);

/// The mouth drawings of one head, each from its nearest others.
Result<FaceTable> heads_table(const std::string& folder);

}  // namespace nakawari::bench
