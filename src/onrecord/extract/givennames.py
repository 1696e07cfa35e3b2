"""Given names of many languages, as evidence that a name is a person's, and of sex.

Written by hand for this project from general knowledge of English; open lists, not exhaustive, and none
names a particular person or party. A word that is missing lowers a confidence, no more.
"""

from __future__ import annotations

from functools import cache

_FEMALE = """
    Abigail Ada Adele Agnes Aisha Alexandra Alice Alicia Alison Allison Amanda Amber Amelia Amy Ana Andrea
    Angela Angelina Anita Ann Anna Anne Annie Antonia April Ashley Astrid Audrey Barbara Beatrice Becky
    Beth Betsy Betty Beverly Bonnie Brenda Bridget Brittany Camila Carla Carly Carmen Carol Carole
    Caroline Carolyn Carrie Catherine Cathy Cecelia Cecilia Charlotte Chelsea Cheryl Chloe Christina
    Christine Cindy Claire Clara Claudia Colleen Connie Constance Courtney Crystal Cynthia Daisy Dana
    Danielle Deborah Debbie Debra Denise Diana Diane Dolores Donna Dora Doris Dorothy Edith Eileen Elaine
    Eleanor Elena Elisa Elise Elizabeth Ella Ellen Elsa Emily Emma Erica Erika Erin Esther Eva Eve Evelyn
    Fatima Faye Fiona Florence Frances Francesca Gabriela Gail Gayle Georgia Geraldine Gina Gladys Gloria
    Grace Greta Gwen Gwendolyn Hannah Harriet Hazel Heather Heidi Helen Helena Hillary Holly Ida Ines
    Ingrid Irene Iris Isabel Isabella Ivanka Ivy Jackie Jacqueline Jamila Jan Jane Janet Janice Jasmine
    Jean Jeanne Jennifer Jenny Jessica Jill Joan Joanna Joanne Jodi Josephine Joy Joyce Juanita Judith
    Judy Julia Juliana Julie June Kara Karen Karin Kate Katherine Kathleen Kathryn Kathy Katie Katrina
    Kelly Kellyanne Kendra Kimberly Kirsten Kristen Kristin Kristina Laila Lara Laura Lauren Leah Leila
    Lena Leslie Lillian Lily Linda Lisa Liz Lois Lorena Lori Lorraine Louise Lucia Lucy Lydia Lynn Mabel
    Madeleine Madison Maggie Marcia Margaret Maria Marian Marie Marilyn Marina Marion Marjorie Marlene
    Marsha Martha Mary Maureen Maya Megan Meghan Mei Melanie Melania Melinda Melissa Mercedes Meredith
    Michelle Mildred Miranda Miriam Molly Monica Nadia Nancy Naomi Natalia Natalie Natasha Nicole Nikki
    Nina Noor Nora Norma Olga Olivia Pamela Patricia Patty Paula Pauline Peggy Penelope Phyllis Priya
    Rachel Ramona Rebecca Regina Renee Rhonda Rita Roberta Rosa Rosalind Rose Rosemary Roxanne Ruth
    Sabrina Sally Samantha Sandra Sara Sarah Shannon Sharon Sheila Shelly Sherry Shirley Silvia Simone
    Sofia Sonia Sophia Sophie Stacy Stella Stephanie Sue Susan Susana Suzanne Sylvia Tamara Tammy Tania
    Tanya Tara Teresa Thelma Theresa Tiffany Tina Tracy Ursula Valerie Vanessa Vera Veronica Vicky
    Victoria Viola Violet Virginia Vivian Wanda Wendy Wilma Yasmin Yolanda Yvette Yvonne Zoe
"""

_MALE = """
    Aaron Abdul Abdullah Abraham Adam Adrian Ahmed Al Alan Albert Alejandro Alex Alexander Alexei Alfred
    Ali Allan Allen Amadou Amir Anders Andre Andreas Andrew Andy Angel Angus Anthony Antonio Anton Arjun
    Arnold Art Arthur Barack Barry Ben Benjamin Bernard Bernie Bert Bill Billy Bob Bobby Boris Brad
    Bradley Brandon Brendan Brent Brett Brian Bruce Bruno Bryan Byron Calvin Carl Carlos Cecil Cesar Chad
    Charles Charlie Chester Chris Christian Christopher Chuck Clarence Claude Clayton Clifford Clint
    Clinton Clyde Cody Colin Connor Corey Cory Craig Curtis Dale Damien Dan Daniel Danny Darrell Dave
    David Dean Dennis Derek Derrick Diego Dmitri Dominic Don Donald Doug Douglas Duane Duncan Dustin
    Dwight Earl Ed Eddie Edgar Edmund Eduardo Edward Edwin Eli Elias Elliot Emanuel Emmanuel Enrique Eric
    Erik Ernest Ethan Eugene Evan Felix Fernando Floyd Francis Francisco Francois Frank Franklin Fred
    Frederick Gabriel Gareth Garry Gary Gavin Gene Geoffrey George Gerald Gerard Gilbert Giovanni Glen
    Glenn Gordon Graham Grant Greg Gregory Guillermo Gustavo Guy Hakan Hamid Hank Hans Harold Harry Harvey
    Hassan Hector Henry Herbert Herman Hiroshi Howard Hugh Hugo Ian Ibrahim Igor Isaac Ivan Jack Jackson
    Jacob Jaime Jake Jakob James Jared Jason Javier Jay Jeff Jeffery Jeffrey Jeremy Jerome Jerry Jim Jimmy
    Joe Joel Johan Johannes John Johnny Jon Jonah Jonathan Jorge Jose Joseph Josh Joshua Juan Julian
    Justin Karl Keith Kenneth Ken Kenny Kent Kevin Khalid Kirk Klaus Kofi Kurt Kyle Lance Larry Lars
    Laurence Lawrence Lee Leo Leon Leonard Leonardo Lewis Liam Lindsey Lloyd Logan Lorenzo Louis Lucas
    Luigi Luis Luke Malcolm Manuel Marc Marcel Marco Marcos Marcus Mario Mark Marshall Martin Marvin
    Mathias Matt Matthew Maurice Max Maxwell Mehmet Mel Melvin Michael Miguel Mike Mikhail Milton Mitch
    Mitchell Mitt Mohamed Mohammad Mohammed Morris Muhammad Mustafa Nathan Nathaniel Neil Newt Nicholas
    Nick Nicolas Nigel Nikolai Noah Norman Oleg Oliver Omar Oscar Otto Owen Pablo Patrick Paul Pavel Pedro
    Perry Pete Peter Phil Philip Phillip Pierre Rafael Rahul Ralph Ramon Randall Randy Raul Ravi Ray
    Raymond Reggie Reince Ricardo Richard Rick Rob Robert Roberto Robin Rodney Rodrigo Roger Roland Ron
    Ronald Roscoe Ross Roy Ruben Rudolph Rudy Rupert Russell Ryan Salvador Sam Samuel Sanjay Scott Sean
    Sebastian Sergei Sergio Seth Shane Shaun Sidney Simon Spencer Stanley Stefan Stephen Steve Steven
    Stuart Sven Ted Terence Terrence Terry Theodore Thomas Tim Timothy Todd Tom Tommy Tony Travis Trevor
    Troy Tyler Victor Vincent Viktor Vladimir Walter Warren Wayne Wesley Will Willard William Willie
    Winston Xavier Yusuf Zachary
"""


@cache
def given_names() -> dict[str, float]:
    """Given name -> how male it is taken to be, 0 to 1. About 650 common ones of many languages, by hand."""
    both = dict.fromkeys(_FEMALE.split(), 0.0) | dict.fromkeys(_MALE.split(), 1.0)
    return both | {
        "Jean": 0.4,
        "Jan": 0.5,
        "Andrea": 0.5,
        "Simone": 0.5,
        "Joan": 0.5,
        "Nicola": 0.5,
        "Marion": 0.5,
        "Marian": 0.5,
        "Noor": 0.5,
        "Alex": 0.5,
        "Jaime": 0.5,
        "Ariel": 0.5,
        "Laurence": 0.5,
        "Ashley": 0.5,
        "Shannon": 0.5,
        "Francis": 0.5,
        "Jackie": 0.5,
        "Sam": 0.5,
        "Chris": 0.5,
        "Leslie": 0.5,
        "Kelly": 0.3,
        "Dana": 0.4,
        "Robin": 0.5,
        "Tracy": 0.3,
        "Lee": 0.7,
    }


_SHORT = """
    chuck=charles charlie=charles bill=william billy=william will=william bob=robert bobby=robert rob=robert
    dick=richard rick=richard mike=michael jim=james jimmy=james tom=thomas tommy=thomas joe=joseph ted=edward
    ed=edward eddie=edward liz=elizabeth betty=elizabeth beth=elizabeth kate=katherine kathy=katherine
    maggie=margaret peggy=margaret sue=susan jack=john johnny=john jon=jonathan dan=daniel danny=daniel
    dave=david steve=steven stephen=steven tony=anthony greg=gregory jeff=jeffrey ken=kenneth larry=lawrence
    nick=nicholas pat=patricia pete=peter ron=ronald sam=samuel tim=timothy don=donald debbie=deborah
    jenny=jennifer becky=rebecca cindy=cynthia sandy=sandra terry=terrence andy=andrew ben=benjamin al=albert
    alex=alexander matt=matthew phil=philip ray=raymond stan=stanley walt=walter vince=vincent drew=andrew
"""


@cache
def _short() -> dict[str, str]:
    return dict(part.split("=") for part in _SHORT.split())


def formal(name: str) -> str:
    """The full form of a short given name, in lower case ("chuck" -> "charles"); others stay as they are."""
    return _short().get(name, name)
