/// \file
/// Rows of the table of faces: each is a picture that the program made, the artist's own, and the masks of
/// the parts that are compared.
#pragma once

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
  double pcd = 0, pos = 0, shape = 0, epe = 0, sbi = 0;
  int cases = 0, sbi_cases = 0;
  std::vector<double> all_pcd;
};

/// method -> part -> sums. Methods: ours, straight, hold.
using FaceTable = std::map<std::string, std::map<std::string, Cell>>;

/// One comparison: what each method drew, and where the part lies.
struct FaceCase {
  std::string part;
  Mask inside;
  double height = 1;  ///< of the face, px
  std::vector<double> range;
};
void add_case(FaceTable& table, const FaceCase& where, const Raster& truth,
              const std::map<std::string, const Raster*>& pictures);

std::string table_text(const FaceTable& table);

/// In-betweens inside a sequence with labels, at one gap.
Result<FaceTable> sequence_table(const std::string& folder, int gap, int stride, const std::string& dump);

/// The mouth drawings of one head, each from its nearest others.
Result<FaceTable> heads_table(const std::string& folder);

}  // namespace nakawari::bench
